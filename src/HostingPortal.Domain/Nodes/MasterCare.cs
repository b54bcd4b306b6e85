using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Nodes;

/// <param name="Health">Null when it does not answer.</param>
/// <param name="Problem">Reason code why it does not.</param>
/// <param name="Current">It has the content this portal ships.</param>
public sealed record MasterCare(WatchMode Watch, ExecutorHealth? Health, string? Problem, bool Current);
