namespace HostingPortal.Infrastructure.Executors;

/// <param name="Content">Version the machine was last installed with, null before the first.</param>
/// <param name="Contents">Versions that can be run.</param>
internal sealed record VersionAnswer(string? Content, IReadOnlyList<string>? Contents, string? Ansible);

/// <param name="State"><c>started</c>, <c>already</c> or <c>ended</c>.</param>
internal sealed record StartAnswer(string State);

/// <param name="State"><c>unknown</c>, <c>running</c> or <c>ended</c>.</param>
internal sealed record StatusAnswer(string State, int? ExitCode, long? Bytes);

/// <summary>Runs of the executor's own timer; times are Unix milliseconds.</summary>
internal sealed record TimedAnswer(IReadOnlyList<TimedRunAnswer> Runs);

internal sealed record TimedRunAnswer(
    string Run, string Project, string Commit, string Content, string Playbook, IReadOnlyList<string> Limit, bool Check, long Started, long Ended);

/// <param name="LastTimed">Unix milliseconds.</param>
internal sealed record HealthAnswer(
    long UptimeSeconds, double Load, int Cores, long MemoryTotal, long MemoryAvailable, long DiskTotal, long DiskFree, IReadOnlyList<string> FailedUnits, long? LastTimed);

internal sealed record WatchInput(string Mode, string Content, string Playbook, IReadOnlyList<string> Limit, string KnownHosts);

/// <summary>Answers whose members the portal does not need.</summary>
internal sealed record AnyAnswer;

/// <param name="NextKey">Null leaves it as it is, empty takes it away.</param>
internal sealed record ProjectInput(string? PrivateKey, string? VaultPassword, string? NextKey);

internal sealed record RunInput(
    string Run,
    string Project,
    string Commit,
    string Content,
    string Playbook,
    IReadOnlyList<string> Limit,
    IReadOnlyList<string> Tags,
    bool Check,
    string KnownHosts,
    IReadOnlyDictionary<string, string> Vars,
    int TimeoutSeconds);
