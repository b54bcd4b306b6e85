namespace HostingPortal.Domain.Changes;

/// <summary>One change of what should be: the history of the system and the reason of runs.</summary>
public sealed class Change
{
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public string? ProjectId { get; init; }

    public string? NodeId { get; init; }

    /// <summary>E.g. <c>site</c>.</summary>
    public required string ObjectKind { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>What people call the object, e.g. its main name at that time.</summary>
    public required string ObjectName { get; init; }

    /// <summary>Resource key of the sentence, e.g. <c>Change.SiteAdded</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>JSON before and after; null where there is none.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Reason { get; init; }

    /// <summary>Feature whose host_vars file it moves, e.g. <c>sites</c>; decides how much a converge has to run.</summary>
    public required string Feature { get; init; }

    public required string ActorName { get; init; }

    public string? ActorId { get; init; }

    public required DateTime At { get; init; }

    /// <summary>The run that carries it.</summary>
    public long? RunId { get; set; }
}
