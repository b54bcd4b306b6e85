using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Notifications;

/// <summary>Posts to addresses that clients chose: public ones only, without following redirects, within a few seconds.</summary>
public interface IWebhooks
{
    /// <exception cref="OutsideException">
    /// <c>webhook.address</c>: it leads into a network that is not public; <c>webhook.port</c>; <c>webhook.redirect</c>; <c>webhook.gone</c>: the receiver wants no more;
    /// <c>webhook.status</c>: it did not take it; <c>webhook.timeout</c>; <c>webhook.unreachable</c>. Only transient ones are worth another try.
    /// </exception>
    Task PostAsync(Secret url, WebhookPost post, CancellationToken ct);
}

/// <param name="Id">The same for every try, so that the receiver can tell a repeated delivery.</param>
/// <param name="Body">JSON.</param>
/// <param name="Signature">Of id, time and body, as <c>v1,…</c>.</param>
public sealed record WebhookPost(string Id, long Timestamp, string Body, string Signature);
