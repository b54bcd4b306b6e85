namespace HostingPortal.Domain.Notifications;

/// <param name="Waiting">Deliveries that are still to be tried.</param>
public sealed record ChannelRow(
    string Id, string ClientId, string ProjectId, ChannelKind Kind, string Target, IReadOnlyList<NotificationKind> Events, string Language, bool Enabled,
    DateTime? LastAt, bool LastOk, string? LastReason, string? LastDetail, int Waiting, string CreatedBy, DateTime CreatedAt);
