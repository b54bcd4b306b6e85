namespace HostingPortal.Domain.Runs;

/// <param name="WaitsFor">The run that holds a node this one needs, while it is queued.</param>
public sealed record RunRow(
    long Id, RunKind Kind, RunState State, string? Reason, string? ReasonDetail, string ClientId, string ClientName, string ProjectId, string ProjectName,
    string RequestedBy, DateTime QueuedAt, DateTime? StartedAt, DateTime? EndedAt, int TaskCount, int TaskTotal, int ChangedCount, int FailedCount, int LineCount,
    bool Check, string Tags, string? Playbook, string? InventoryCommit, string? ContentVersion, long? RetryOf, bool CancelAsked, long? WaitsFor,
    IReadOnlyList<RunNodeRow> Nodes)
{
    /// <summary>Started by the Project Master's timer while the portal was away.</summary>
    public bool ByMaster { get; init; }

    /// <summary>While it is queued: the portal itself starts it then, since a node was not reached.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>Of a run of the kind Task: what it does, e.g. <c>rotate-nodes</c>.</summary>
    public string? Job { get; init; }

    public bool Ended => EndedAt is not null;
}

public sealed record RunNodeRow(string NodeId, string Name, int Ok, int Changed, int Skipped, int Failed, bool Unreachable);

public sealed record RunStepRow(int Number, string Name, StepState State, DateTime StartedAt, DateTime? EndedAt, string? Reason, string? Detail);

public sealed record RunTaskRow(int Number, string Role, string Name, string Module, long OffsetMilliseconds, long DurationMilliseconds, int Line);

public sealed record RunResultRow(int TaskNumber, string NodeId, TaskResult Result, int Milliseconds, int Line, int Seq);

public sealed record RunChangeRow(string Id, string Verb, string ObjectKind, string ObjectId, string ObjectName, string ActorName, DateTime At);

/// <summary>Run, steps, changes it carries. Commits are null for clients.</summary>
public sealed record RunDetail(RunRow Run, IReadOnlyList<RunStepRow> Steps, IReadOnlyList<RunChangeRow> Changes, int DiffAdded, int DiffRemoved)
{
    /// <summary>Who asked for the run, in order: the first one, and who joined while it was queued. Changes that joined are in <see cref="Changes"/>.</summary>
    public IReadOnlyList<RunRequestRow> Requests { get; init; } = [];

    /// <summary>Seconds until the run it waits for ends, as its like usually do; null where it waits for none, or that one takes longer already.</summary>
    public int? WaitSeconds { get; init; }
}

public sealed record RunRequestRow(RunWish Wish, string By, DateTime At);

/// <summary>A task's result on a node in an earlier run.</summary>
/// <param name="At">When that run started.</param>
public sealed record RunLastTime(long RunId, int TaskNumber, TaskResult Result, int Milliseconds, DateTime At);

/// <summary>Everything the matrix and the folded task list draw.</summary>
public sealed record RunMatrix(IReadOnlyList<RunTaskRow> Tasks, IReadOnlyList<RunResultRow> Results);
