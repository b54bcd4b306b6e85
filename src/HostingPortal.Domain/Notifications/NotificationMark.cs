namespace HostingPortal.Domain.Notifications;

/// <summary>Everything up to here is read, by this person.</summary>
public sealed class NotificationMark
{
    public required string UserId { get; init; }

    public long ReadUpTo { get; set; }
}
