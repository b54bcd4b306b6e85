using Bunit;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Runs;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;

namespace HostingPortal.Web.Tests.Runs;

public sealed class RunComponentTests : BunitContext
{
    public RunComponentTests()
    {
        Services.AddLogging().AddLocalization().AddSingleton<Texts>().AddSingleton(TimeProvider.System).AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Matrix_OneTabStop_ArrowsMoveItAndClickSelects()
    {
        var state = RunSketch.State(RunState.Running, "a", "b");
        state.Task(1, "base", ("a", "ok"), ("b", "changed"));
        state.Task(2, "php", ("a", "failed"));
        (int Task, string Node)? chosen = null;
        var matrix = Render<HostTaskMatrix>(p => p.Add(m => m.State, state).Add(m => m.NodeFilter, id => "?node=" + id).Add(m => m.OnSelect, cell => chosen = cell));
        Assert.Equal("cell-1-a", matrix.Find("button[tabindex='0']").Id);
        matrix.Find("table").KeyDown(new KeyboardEventArgs { Key = "ArrowRight" });
        matrix.Find("table").KeyDown(new KeyboardEventArgs { Key = "ArrowUp" });
        Assert.Equal("cell-2-a", Assert.Single(matrix.FindAll("button[tabindex='0']")).Id);
        matrix.Find("#cell-2-a").Click();
        Assert.Equal((2, "a"), chosen);
        Assert.Equal("name-a, Task 2: failed", matrix.Find("#cell-2-a").GetAttribute("aria-label"));
        Assert.Equal(["base", "php"], matrix.FindAll("th.role").Select(h => h.TextContent.Trim()));
    }

    [Fact]
    public void Matrix_MoreThanSixtyTasks_FoldsRolesAndOpensOne()
    {
        var state = RunSketch.State(RunState.Running, "a");
        for (var n = 1; n <= 61; n++)
        {
            state.Task(n, n <= 40 ? "base" : "php", ("a", n == 50 ? "changed" : "ok"));
        }

        var matrix = Render<HostTaskMatrix>(p => p.Add(m => m.State, state).Add(m => m.NodeFilter, id => id));
        Assert.Equal(2, matrix.FindAll("tbody td[role=gridcell]").Count);
        Assert.NotNull(matrix.Find("#cell-41-a .mark.changed"));
        matrix.FindAll("th.role button")[1].Click();
        Assert.Equal(22, matrix.FindAll("tbody td[role=gridcell]").Count);
    }

    [Fact]
    public void Facts_SeveralRequestsInOneRun_NamesEverybody()
    {
        Services.AddSingleton(new RunLogService(null!, new RunFeed(new RunHints()), TimeProvider.System));
        var state = new RunLogState();
        var detail = RunSketch.Detail(RunState.Queued, "a");
        RunRequestRow[] requests = [new(RunWish.Change, "Ann Keller", RunSketch.Start), new(RunWish.Converge, "Mara <b>Lind", RunSketch.Start), new(RunWish.Schedule, "HostingPortal", RunSketch.Start)];
        state.Load(detail with { Run = detail.Run with { Playbook = null }, Requests = requests }, new RunMatrix([], []), []);
        var facts = Render<RunFacts>(p => p.Add(f => f.State, state));
        var joined = facts.FindAll("dt").Single(d => d.TextContent == "Asked for by").NextElementSibling!;
        joined.QuerySelectorAll("time").ToList().ForEach(t => t.Remove());
        Assert.Equal(["Ann Keller changed something", "Mara <b>Lind asked to converge", "HostingPortal, as scheduled"], joined.Children.Select(d => d.TextContent.Trim()));
    }

    [Fact]
    public void Log_MarkupInALine_StaysText()
    {
        var state = RunSketch.State(RunState.Running, "a");
        state.Apply(RunSketch.Batch(1, [RunSketch.Event(state, 1, new { e = "line", msg = "<script>alert(1)</script><img src=x>" })]));
        var log = Render<RunLogView>(p => p.Add(l => l.State, state).Add(l => l.Fetch, (_, _, _) => Task.FromResult<IReadOnlyList<RunLine>>([])));
        Assert.Empty(log.FindAll("script, img"));
        Assert.Contains("<script>alert(1)</script>", log.Find(".line-row .text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_LinesThatAreNotHere_AreFetchedByNumber()
    {
        var state = RunSketch.State(RunState.Succeeded, "a");
        state.Load(RunSketch.Detail(RunState.Succeeded, "a"), new RunMatrix([], []), [new RunLine(900, 900, 0, 0, null, "text", "the last")]);
        state.Raw = true;
        var asked = new List<int>();
        var log = Render<RunLogView>(p => p.Add(l => l.State, state).Add(l => l.Fetch, (from, count, _) =>
        {
            asked.Add(from);
            return Task.FromResult<IReadOnlyList<RunLine>>([.. Enumerable.Range(from, count).Select(n => new RunLine(n, n, 0, 0, null, "text", $"text {n}"))]);
        }));
        await log.InvokeAsync(() => log.Instance.Scrolled(8000, 600, atBottom: false));
        await log.WaitForAssertionAsync(() => Assert.Contains("text 410", log.Find("#L410").TextContent, StringComparison.Ordinal));
        Assert.Contains(401, asked);
        Assert.True(log.FindAll(".line-row").Count < 100);
    }

    [Fact]
    public async Task Log_ReaderMoves_OffersToResume()
    {
        var state = RunSketch.State(RunState.Running, "a");
        state.Task(1, "base", ("a", "ok"));
        var log = Render<RunLogView>(p => p.Add(l => l.State, state).Add(l => l.Fetch, (_, _, _) => Task.FromResult<IReadOnlyList<RunLine>>([])));
        Assert.True(state.Follow.On);
        await log.InvokeAsync(log.Instance.ReaderMoved);
        state.Task(2, "base", ("a", "ok"));
        log.Render();
        Assert.Contains("Paused at line 2", log.Find(".log-foot").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 new lines", log.Find(".log-foot").TextContent, StringComparison.Ordinal);
        log.Find(".log-foot button").Click();
        Assert.True(state.Follow.On);
    }
}
