using HostingPortal.Domain.Nodes;
using HostingPortal.Web.Components.Projects;
using Xunit;

namespace HostingPortal.Web.Tests.Projects;

public sealed class TopologyGroupTests
{
    [Fact]
    public void Of_ReadyAndFailedNodes_WorstFirstByTemplate()
    {
        var groups = TopologyGroup.Of([Node("b", "lemp"), Node("a", "lemp"), Node("c", "lemp", NodeState.LastRunFailed), Node("db", "database"), Node("m", TopologyGroup.MasterTemplate)]);
        Assert.Equal(["database", "lemp"], groups.Select(g => g.Template));
        Assert.Equal(["c", "a", "b"], groups[1].Shown.Select(n => n.Name));
        Assert.False(groups[1].Small);
    }

    [Fact]
    public void Of_ThirtyNodes_ShowsThoseThatNeedCareAndCountsTheRest()
    {
        var group = Assert.Single(TopologyGroup.Of(Enumerable.Range(0, 30).Select(i => Node($"n{i:00}", "lemp", i < 13 ? NodeState.Unreachable : NodeState.Ready))));
        Assert.Equal((30, 13, 17, true), (group.Count, group.Shown.Count, group.More, group.Small));
        Assert.All(group.Shown, n => Assert.Equal(NodeState.Unreachable, n.State));
    }

    private static NodeRow Node(string name, string template, NodeState state = NodeState.Ready) => new(
        "n-" + name, "p-1", "acme-shop", "c-1", "Acme", name, template, "1", "cx23", "fsn1", "debian-13", 5, "EUR", state, null, default,
        default, null, null, null, null, null, true, null, 0, null, null);
}
