using HostingPortal.Domain.Nodes;

namespace HostingPortal.Web.Components.Projects;

/// <summary>The nodes of one template in the project's picture, worst first; many of them are drawn small, very many only in part.</summary>
/// <param name="Shown">Nodes with a tile of their own.</param>
/// <param name="More">How many ready ones are only counted.</param>
public sealed record TopologyGroup(string Template, int Count, IReadOnlyList<NodeRow> Shown, int More)
{
    public const string MasterTemplate = "project-master";
    private const int LargeTiles = 8;
    private const int MostTiles = 24;
    private const int TilesOfMany = 11;

    /// <summary>True where tiles show icon and name alone.</summary>
    public bool Small => Count > LargeTiles;

    public static IReadOnlyList<TopologyGroup> Of(IEnumerable<NodeRow> nodes) =>
        nodes.Where(n => n.Template != MasterTemplate).GroupBy(n => n.Template).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Group).ToList();

    private static TopologyGroup Group(IGrouping<string, NodeRow> group)
    {
        var sorted = group.OrderBy(n => Care(n.State)).ThenBy(n => n.Name, StringComparer.Ordinal).ToList();
        var shown = sorted.Count <= MostTiles ? sorted : sorted.Take(Math.Max(TilesOfMany, sorted.Count(n => Care(n.State) < 2))).ToList();
        return new TopologyGroup(group.Key, sorted.Count, shown, sorted.Count - shown.Count);
    }

    /// <summary>0 needs care, 1 something is under way, 2 is well.</summary>
    private static int Care(NodeState state) => state switch
    {
        NodeState.LastRunFailed or NodeState.Unreachable or NodeState.NeedsDecision or NodeState.Drift => 0,
        NodeState.Ready => 2,
        _ => 1,
    };
}
