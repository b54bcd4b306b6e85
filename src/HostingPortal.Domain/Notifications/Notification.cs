using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Notifications;

/// <summary>What happened to whom: one row for everybody who may see its client. Written in the transaction of what happened.</summary>
public sealed class Notification
{
    /// <summary>Rises with time; what a person has read is said by it.</summary>
    public long Id { get; init; }

    public required NotificationKind Kind { get; init; }

    public required string ClientId { get; init; }

    public string? ProjectId { get; init; }

    public string? NodeId { get; init; }

    /// <summary><c>run</c>, <c>node</c>, <c>site</c> or <c>name</c>: what the link leads to.</summary>
    public required string ObjectKind { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>What people call it; of a run the names of its nodes.</summary>
    public required string ObjectName { get; init; }

    public long? RunId { get; init; }

    public RunKind? RunKind { get; init; }

    /// <summary>Reason code, where there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>When a certificate ends; null for all else.</summary>
    public DateTime? EndsAt { get; init; }

    public required DateTime At { get; init; }
}
