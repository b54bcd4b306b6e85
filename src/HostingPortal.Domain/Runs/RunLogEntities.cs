namespace HostingPortal.Domain.Runs;

/// <summary>Events <see cref="SeqFrom"/> to <see cref="SeqTo"/> of a run as compressed JSON lines, in order and without gaps.</summary>
public sealed class RunLogChunk
{
    public required long RunId { get; init; }

    public required int SeqFrom { get; init; }

    public required int SeqTo { get; init; }

    /// <summary>Number of the first text line of the chunk, from 1, and how many there are.</summary>
    public required int LineFrom { get; init; }

    public required int Lines { get; init; }

    /// <summary>Brotli.</summary>
    public required byte[] Data { get; init; }
}

/// <summary>A task of the play, in the order it ran.</summary>
public sealed class RunTask
{
    public required long RunId { get; init; }

    /// <summary>Number from 1.</summary>
    public required int Number { get; init; }

    public required string Role { get; init; }

    public required string Name { get; init; }

    public required string Module { get; init; }

    /// <summary>Milliseconds from the run's first event.</summary>
    public required long OffsetMilliseconds { get; init; }

    public long DurationMilliseconds { get; set; }

    public required int Line { get; init; }
}

/// <summary>What a task did on a node: one cell of the matrix.</summary>
public sealed class RunTaskResult
{
    public required long RunId { get; init; }

    public required int TaskNumber { get; init; }

    public required string NodeId { get; init; }

    public required TaskResult Result { get; set; }

    public required int Milliseconds { get; set; }

    public required int Line { get; set; }

    /// <summary>Event that holds the whole result.</summary>
    public required int Seq { get; set; }
}

public enum TaskResult
{
    Ok,
    Changed,
    Skipped,
    Failed,
    Unreachable,
    Ignored,
}

/// <summary>The host_vars diff a run applied, Brotli-compressed unified diff with secrets masked.</summary>
public sealed class RunDiff
{
    public required long RunId { get; init; }

    public required byte[] Data { get; init; }

    public required int Added { get; init; }

    public required int Removed { get; init; }
}

/// <summary>Held while a run works on a node: at most one row per node, across all instances.</summary>
public sealed class NodeLock
{
    public required string NodeId { get; init; }

    public required long RunId { get; init; }
}
