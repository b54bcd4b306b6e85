using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Notifications;

/// <summary>What is told. <paramref name="ProjectId"/> is null for what belongs to a client as a whole; such a notice stays in the portal.</summary>
internal sealed record Notice(NotificationKind Kind, string ClientId, string? ProjectId, ObjectRef About)
{
    public string? NodeId { get; init; }

    public long? RunId { get; init; }

    public RunKind? RunKind { get; init; }

    public string? Reason { get; init; }

    public DateTime? EndsAt { get; init; }
}
