namespace HostingPortal.Domain.Runs;

/// <summary>One piece of outside work with a log: the row is the truth about it.</summary>
public sealed class Run
{
    public const int ReasonLength = 64;

    public const int DetailLength = 4000;

    public long Id { get; init; }

    /// <summary>Name of its unit on the executor.</summary>
    public required string Key { get; init; }

    public required RunKind Kind { get; init; }

    public required string ClientId { get; init; }

    public required string ProjectId { get; init; }

    public required RunState State { get; set; }

    /// <summary>Which of the known jobs a run of the kind <see cref="RunKind.Task"/> does, e.g. <c>rotate-nodes</c>; else null.</summary>
    public string? Job { get; init; }

    /// <summary>Reason code of an end that was not plain success.</summary>
    public string? Reason { get; set; }

    public string? ReasonDetail { get; set; }

    public required string RequestedBy { get; init; }

    public string? RequestedById { get; init; }

    /// <summary>Run this one repeats, if it is a retry.</summary>
    public long? RetryOf { get; init; }

    public required DateTime QueuedAt { get; init; }

    public DateTime? StartedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>When a run that waits for a retry may start.</summary>
    public DateTime? NotBefore { get; set; }

    public bool CancelAsked { get; set; }

    public string? CancelAskedBy { get; set; }

    public bool Check { get; init; }

    /// <summary>Started by its project's master while the portal was away: the play is over, its events are fetched.</summary>
    public bool ByMaster { get; init; }

    /// <summary>Everything runs, whatever the changes it carries would need.</summary>
    public bool Full { get; set; }

    public RunPriority Priority { get; set; }

    /// <summary>Comma-separated tags the play was limited to; empty: everything.</summary>
    public string Tags { get; set; } = "";

    public string? Playbook { get; set; }

    public string? InventoryCommit { get; set; }

    public string? InventoryParent { get; set; }

    public string? ContentVersion { get; set; }

    /// <summary>Rises with each owner; writes of an older owner match no row.</summary>
    public int Epoch { get; set; }

    public string? Owner { get; set; }

    /// <summary>Database time until which the owner is believed alive.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>Bytes of the executor's event file that are stored.</summary>
    public long ExecutorOffset { get; set; }

    public int EventCount { get; set; }

    public int LineCount { get; set; }

    public int TaskCount { get; set; }

    public int TaskTotal { get; set; }

    public int ChangedCount { get; set; }

    public int FailedCount { get; set; }

    public List<RunNode> Nodes { get; } = [];

    public List<RunStep> Steps { get; } = [];

    /// <summary>Who asked for it, in order; more than one when later requests joined it while it was queued.</summary>
    public List<RunRequest> Requests { get; } = [];

    /// <summary>Reasons and details come from outside: what is too long for the column must not keep a run from ending.</summary>
    internal static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..(length - 1)] + "…";
}

/// <summary>A node the run touches, with its counts.</summary>
public sealed class RunNode
{
    public required long RunId { get; init; }

    /// <summary>The run's and the node's; the database refuses a node of another project.</summary>
    public required string ProjectId { get; init; }

    public required string NodeId { get; init; }

    /// <summary>The node's name at that time.</summary>
    public required string Name { get; init; }

    /// <summary>The node's desired revision that the run's commit holds; null before the commit.</summary>
    public long? Revision { get; set; }

    public int Ok { get; set; }

    public int Changed { get; set; }

    public int Skipped { get; set; }

    public int Failed { get; set; }

    public bool Unreachable { get; set; }
}

/// <summary>A step of the portal's own part of a run, e.g. <c>order-server</c>.</summary>
public sealed class RunStep
{
    public required long RunId { get; init; }

    public required int Number { get; init; }

    public required string Name { get; init; }

    public required StepState State { get; set; }

    public required DateTime StartedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>Reason code and technical text of a failed step.</summary>
    public string? Reason { get; set; }

    public string? Detail { get; set; }
}

/// <summary>One wish that a run fulfils.</summary>
public sealed class RunRequest
{
    public long RunId { get; init; }

    public required int Number { get; init; }

    public required RunWish Wish { get; init; }

    public required string By { get; init; }

    public string? ById { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>What a run was asked for by.</summary>
public enum RunWish
{
    Change,
    Converge,
    Check,
    Retry,
    Repeat,
    Schedule,
    Master,
}

/// <summary>People go first; a scheduled run that waited for ten minutes counts as theirs.</summary>
public enum RunPriority
{
    Person,
    Schedule,
}

public enum StepState
{
    Running,
    Done,
    Failed,
}

/// <summary>The few kinds of run; a new feature does not add one.</summary>
public enum RunKind
{
    Provision,
    Converge,
    Check,
    Decommission,
    Bootstrap,
    Cloud,
    Task,
}

public enum RunState
{
    Queued,
    Running,
    Succeeded,
    PartlyFailed,
    Failed,
    Unreachable,
    Canceling,
    Canceled,
    Lost,
}
