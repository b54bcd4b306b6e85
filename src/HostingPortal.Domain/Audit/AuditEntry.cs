namespace HostingPortal.Domain.Audit;

/// <summary>Who did or tried what, when. Written in the transaction of the thing itself; refusals too.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public required DateTime At { get; init; }

    public string? ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>The client the actor, an admin, acted as; null: acted as itself.</summary>
    public string? ActingForId { get; init; }

    public string? ActingForName { get; init; }

    public string? ClientId { get; init; }

    /// <summary>E.g. <c>site.create</c>, <c>sign-in.failed</c>.</summary>
    public required string Action { get; init; }

    public string? ObjectKind { get; init; }

    public string? ObjectId { get; init; }

    public string? ObjectName { get; init; }

    public long? RunId { get; init; }

    public string? Detail { get; init; }

    public string? RemoteAddress { get; init; }
}
