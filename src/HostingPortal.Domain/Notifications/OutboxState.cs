namespace HostingPortal.Domain.Notifications;

public enum OutboxState
{
    Waiting,
    Sent,
    GivenUp,
}
