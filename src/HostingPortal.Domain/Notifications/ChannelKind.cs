namespace HostingPortal.Domain.Notifications;

public enum ChannelKind
{
    Email,
    Webhook,
}
