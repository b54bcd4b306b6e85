using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// The machine where Ansible runs, reached over SSH. Runs live there as systemd units named by their key: they go on when the portal dies, a second
/// start of a key does nothing, and their events can be read again from any byte.
/// </summary>
public interface IExecutor
{
    /// <summary>Brings the executor to the content this portal ships; does nothing when it is there. Lines tell what happens.</summary>
    Task<ExecutorInfo> EnsureReadyAsync(Action<string> line, CancellationToken ct);

    /// <summary>Creates the project's inventory repository and stores what opens its nodes, root-only; null: the repository alone, and what is stored there is deleted. Safe to repeat.</summary>
    Task PrepareProjectAsync(string projectId, ProjectKeys? keys, CancellationToken ct);

    Task<ExecutorRunState> StartAsync(ExecutorRun run, CancellationToken ct);

    Task<ExecutorRunStatus> GetStatusAsync(string key, CancellationToken ct);

    /// <summary>
    /// Bytes of the event file (JSON lines) from <paramref name="offset"/> on, as they are written. Ends when the run has ended and everything was read;
    /// throws <see cref="OutsideException"/> when the connection is lost before.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> FollowAsync(string key, long offset, CancellationToken ct);

    /// <summary>Stops the run; nothing of it runs on the executor when this returns.</summary>
    Task CancelAsync(string key, CancellationToken ct);

    /// <summary>Deletes the files of an ended run. Its key stays known: a start that comes late, from an owner that slept, is answered as ended.</summary>
    Task CleanAsync(string key, CancellationToken ct);

    /// <summary>Says what its timer shall do with the project's nodes while the portal is away; replaces what was said before.</summary>
    Task WatchAsync(string projectId, ExecutorWatch watch, CancellationToken ct);

    /// <summary>Runs of the timer that ended and wait to be fetched, the oldest first; also tells the executor that the portal is there.</summary>
    Task<IReadOnlyList<TimedRun>> ListTimedAsync(CancellationToken ct);

    Task<ExecutorHealth> GetHealthAsync(CancellationToken ct);
}

/// <param name="Addresses">Addresses SSH to nodes comes from, in CIDR form.</param>
public sealed record ExecutorInfo(string ContentVersion, string AnsibleVersion, IReadOnlyList<string> Addresses);

/// <param name="Key">Unit name and idempotency key, e.g. <c>r-01jd4h2k9q7xw3vb</c>.</param>
/// <param name="Playbook">From the closed list of playbooks, e.g. <c>converge-nodes</c>.</param>
/// <param name="Limit">Ids of nodes.</param>
/// <param name="KnownHosts">Lines of a known_hosts file: the pinned host keys.</param>
/// <param name="Variables">Closed set of extra variables, values only from code.</param>
public sealed record ExecutorRun(
    string Key,
    string ProjectId,
    string Commit,
    string ContentVersion,
    string Playbook,
    IReadOnlyList<string> Limit,
    IReadOnlyList<string> Tags,
    bool Check,
    string KnownHosts,
    IReadOnlyDictionary<string, string> Variables,
    TimeSpan Timeout);

public enum ExecutorRunState
{
    Started,
    AlreadyRunning,
    AlreadyEnded,
}

/// <param name="State"><c>unknown</c>, <c>running</c> or <c>ended</c>.</param>
public sealed record ExecutorRunStatus(string State, int? ExitCode, long Bytes);
