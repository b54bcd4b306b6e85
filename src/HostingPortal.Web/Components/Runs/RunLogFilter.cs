using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>What of the log is shown; both parts add up. Stands in the address as <c>?show=failed&amp;node=n-…</c>.</summary>
/// <param name="Show"><c>changed</c>, <c>failed</c>, or null for all.</param>
/// <param name="NodeId">One node, or null for all.</param>
public sealed record RunLogFilter(string? Show = null, string? NodeId = null)
{
    public bool Active => Show is not null || NodeId is not null;

    public bool Matches(RunResultRow result) => (NodeId is null || result.NodeId == NodeId) && ResultsOf(Show).Contains(result.Result);

    /// <summary>Which results a kind of filter keeps; null keeps all.</summary>
    public static IReadOnlyList<TaskResult> ResultsOf(string? show) => show switch
    {
        "changed" => [TaskResult.Changed],
        "failed" => [TaskResult.Failed, TaskResult.Unreachable],
        _ => Enum.GetValues<TaskResult>(),
    };
}
