namespace HostingPortal.Domain.Runs;

/// <param name="Load">Over five minutes.</param>
/// <param name="FailedUnits">Units systemd calls failed.</param>
/// <param name="LastTimed">When its timer last stood in for the portal; null: not within what it keeps.</param>
public sealed record ExecutorHealth(
    TimeSpan Uptime, double Load, int Cores, long MemoryTotal, long MemoryAvailable, long DiskTotal, long DiskFree, IReadOnlyList<string> FailedUnits, DateTime? LastTimed,
    string? ContentVersion);
