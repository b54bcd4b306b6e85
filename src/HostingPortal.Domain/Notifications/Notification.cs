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

public enum NotificationKind
{
    RunFailed,

    /// <summary>A run of the kind that had failed on the same nodes went well.</summary>
    RunRecovered,

    /// <summary>For the first time.</summary>
    NodeReady,

    /// <summary>Differs from what should be, or waits for a person.</summary>
    NodeNeedsCare,

    CertificateFailed,

    /// <summary>Ends within two weeks.</summary>
    CertificateEnding,

    NameVerified,
}

/// <summary>Everything up to here is read, by this person.</summary>
public sealed class NotificationMark
{
    public required string UserId { get; init; }

    public long ReadUpTo { get; set; }
}

/// <summary>Read one by one, after the mark.</summary>
public sealed class NotificationRead
{
    public required string UserId { get; init; }

    public required long NotificationId { get; init; }
}

/// <summary>A kind of run that failed last time on a node (or, for runs without nodes, in a project): its next success is a recovery.</summary>
public sealed class OpenFailure
{
    public required RunKind RunKind { get; init; }

    /// <summary>Node or project.</summary>
    public required string SubjectId { get; init; }

    public required string ClientId { get; init; }

    public required string ProjectId { get; init; }

    public required long RunId { get; set; }
}
