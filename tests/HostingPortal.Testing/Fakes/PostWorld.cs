using System.Collections.Concurrent;
using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Security;

namespace HostingPortal.Testing.Fakes;

/// <summary>Mail server and webhook receivers outside: keeps what they were sent.</summary>
public sealed class PostWorld : IMailer, IWebhooks
{
    public ConcurrentQueue<(string To, string Subject, string Text)> Letters { get; } = new();

    public ConcurrentQueue<(string Url, WebhookPost Post)> Posts { get; } = new();

    /// <summary>Set to make every delivery fail.</summary>
    public OutsideException? Refusal { get; set; }

    public bool Enabled => true;

    public Task SendAsync(string to, string subject, string text, CancellationToken ct)
    {
        Letters.Enqueue((to, subject, text));
        return Refusal is { } refusal ? throw refusal : Task.CompletedTask;
    }

    public Task PostAsync(Secret url, WebhookPost post, CancellationToken ct)
    {
        Posts.Enqueue((url.Reveal(), post));
        return Refusal is { } refusal ? throw refusal : Task.CompletedTask;
    }
}

/// <summary>Names the notification instead of writing a sentence.</summary>
internal sealed class FakeNoticeWriter : INoticeWriter
{
    public NoticeText Write(NoticeMessage message, string language) =>
        new($"{message.Notification?.Kind.ToString() ?? "test"} {message.ProjectName}", $"{language} {message.Notification?.ObjectName}", "https://portal.example.net/");
}
