namespace HostingPortal.Domain.Notifications;

/// <summary>Where notifications of one project go besides the bell: an e-mail address or a webhook.</summary>
public sealed class Channel
{
    public const int TargetLength = 254;

    public const int DetailLength = 300;

    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public required string ProjectId { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>The e-mail address, or the host of a webhook: the rest of its address may open something and lies sealed.</summary>
    public required string Target { get; init; }

    /// <summary>Names of <see cref="NotificationKind"/>, comma-separated.</summary>
    public required string Events { get; set; }

    /// <summary>Language of its sentences, e.g. <c>de</c>.</summary>
    public required string Language { get; set; }

    public bool Enabled { get; set; } = true;

    /// <summary>Sealed <see cref="WebhookSecret"/>; null for e-mail.</summary>
    public string? SecretId { get; init; }

    public DateTime? LastAt { get; set; }

    public bool LastOk { get; set; }

    /// <summary>Reason code and technical text of the last delivery that failed.</summary>
    public string? LastReason { get; set; }

    public string? LastDetail { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    public IReadOnlyList<NotificationKind> Kinds => Parse(Events);

    internal static IReadOnlyList<NotificationKind> Parse(string events) =>
        [.. events.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(e => Enum.Parse<NotificationKind>(e))];
}
