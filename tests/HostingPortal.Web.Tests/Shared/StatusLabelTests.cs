using Bunit;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Tests.Shared;

public sealed class StatusLabelTests : Pages
{
    public static TheoryData<StatusView> Every => new(
        Enum.GetValues<RunState>().Select(s => Statuses.Of(s))
            .Concat(Enum.GetValues<NodeState>().Select(Statuses.Of))
            .Concat(Enum.GetValues<SiteState>().Select(Statuses.Of))
            .Append(Statuses.Of(RunState.Queued, waiting: true)));

    [Theory]
    [MemberData(nameof(Every))]
    public void Render_AnyState_ShowsShapeAndWord(StatusView status)
    {
        var label = Render<StatusLabel>(p => p.Add(c => c.Status, status));

        Assert.NotNull(label.Find("svg"));
        Assert.NotEqual("", label.Find("span > span").TextContent.Trim());
        Assert.True(T.Has(status.TextKey), status.TextKey);
    }

    [Fact]
    public void Of_SucceededRun_CountDecidesBetweenChangedAndNot()
    {
        Assert.Equal("RunState.Unchanged", Statuses.Of(RunState.Succeeded).TextKey);
        var changed = Render<StatusLabel>(p => p.Add(c => c.Status, Statuses.Of(RunState.Succeeded, 3)).Add(c => c.Count, 3));
        Assert.Contains("3 changed", changed.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Chip_HasTheTone() =>
        Assert.Contains("chip bad", Render<StatusLabel>(p => p.Add(c => c.Status, Statuses.Of(NodeState.LastRunFailed)).Add(c => c.Chip, true)).Markup, StringComparison.Ordinal);
}
