namespace HostingPortal.Domain.Notifications;

/// <param name="Unread">Only what the person has not read.</param>
public sealed record NotificationFilter(string? ProjectId = null, bool Unread = false, IReadOnlyList<NotificationKind>? Kinds = null);

public sealed record BellView(int Unread, IReadOnlyList<NotificationRow> Latest);

/// <param name="ObjectKind"><c>run</c>, <c>node</c>, <c>site</c> or <c>name</c>.</param>
/// <param name="Read">By the person who asks.</param>
public sealed record NotificationRow(
    long Id, NotificationKind Kind, string ClientId, string ClientName, string? ProjectId, string? ProjectName, string ObjectKind, string ObjectId, string ObjectName,
    long? RunId, Runs.RunKind? RunKind, string? Reason, DateTime? EndsAt, DateTime At, bool Read);
