namespace HostingPortal.Domain.Notifications;

/// <summary>One notification on its way to one channel; written with the notification, sent afterwards, at least once and under the same id.</summary>
public sealed class OutboxMessage
{
    public required string Id { get; init; }

    public required string ChannelId { get; init; }

    public Channel? Channel { get; init; }

    /// <summary>Null: a test asked for by a person.</summary>
    public long? NotificationId { get; init; }

    public Notification? Notification { get; init; }

    public required OutboxState State { get; set; }

    /// <summary>Rises with each try; the result of an older try matches no row.</summary>
    public int Tries { get; set; }

    /// <summary>Database time.</summary>
    public required DateTime NextAt { get; set; }

    /// <summary>Database time until which a try may still be under way.</summary>
    public DateTime? LeaseUntil { get; set; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? EndedAt { get; set; }
}
