namespace HostingPortal.Domain.Notifications;

/// <summary>Read one by one, after the mark.</summary>
public sealed class NotificationRead
{
    public required string UserId { get; init; }

    public required long NotificationId { get; init; }
}
