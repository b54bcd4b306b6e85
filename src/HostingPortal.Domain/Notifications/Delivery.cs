using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Notifications;

/// <summary>Turns a message into a letter or a signed post, and sends it.</summary>
internal sealed class Delivery(
    IDbContextFactory<PortalDbContext> contexts, INoticeWriter writer, IMailer mailer, IWebhooks webhooks, ISecretStore secrets, TimeProvider time)
{
    /// <exception cref="OutsideException">It was not taken.</exception>
    public async Task SendAsync(OutboxMessage message, CancellationToken ct)
    {
        var channel = message.Channel!;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().Where(p => p.Id == channel.ProjectId).Select(p => new { p.Name, Client = p.Client!.Name }).FirstAsync(ct);
        var text = writer.Write(new NoticeMessage(message.Notification, project.Client, channel.ProjectId, project.Name), channel.Language);
        if (channel.Kind == ChannelKind.Email)
        {
            if (!mailer.Enabled)
            {
                throw new OutsideException("mail.off", "no mail server is set", transient: true);
            }

            try
            {
                await mailer.SendAsync(channel.Target, text.Subject, text.Text, ct);
            }
            catch (OutsideException refusal)
            {
                throw new OutsideException("mail.waits", refusal.Detail, transient: true, refusal);
            }

            return;
        }

        var stored = await db.Secrets.AsNoTracking().FirstOrDefaultAsync(s => s.Id == channel.SecretId, ct) ?? throw new OutsideException("webhook.unreachable", "its address is gone");
        var secret = JsonSerializer.Deserialize<WebhookSecret>(secrets.Open(stored).Reveal())!;
        var body = Body(message, project.Client, project.Name, text);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        await webhooks.PostAsync(new Secret(secret.Url), new WebhookPost(message.Id, timestamp, body, Sign(secret.Key, message.Id, timestamp, body)), ct);
    }

    /// <summary>The scheme of standardwebhooks.com: HMAC-SHA256 over id, time and body, so that neither can be changed or played again later.</summary>
    internal static string Sign(string key, string id, long timestamp, string body)
    {
        var signed = $"{id}.{timestamp.ToString(CultureInfo.InvariantCulture)}.{body}";
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(signed)));
    }

    /// <summary>The same for every try of a message. <c>text</c> is what chat programs show.</summary>
    private static string Body(OutboxMessage message, string client, string project, NoticeText text)
    {
        var n = message.Notification;
        return JsonSerializer.Serialize(
            new
            {
                id = message.Id, type = n is null ? "test" : JsonNamingPolicy.CamelCase.ConvertName(n.Kind.ToString()), at = n?.At ?? message.CreatedAt, text = text.Subject, link = text.Link, client, project,
                @object = n is null ? null : new { kind = n.ObjectKind, id = n.ObjectId, name = n.ObjectName },
                run = n?.RunId, runKind = n?.RunKind is { } kind ? JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) : null, reason = n?.Reason, endsAt = n?.EndsAt,
            }, JsonSerializerOptions.Web);
    }
}
