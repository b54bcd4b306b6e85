using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Runs;
using Xunit;

namespace HostingPortal.Web.Tests.Runs;

public sealed class RunLogLayoutTests
{
    [Fact]
    public void Of_TasksThatEndedWell_FoldIntoOneRowAndFailuresStayOpen()
    {
        var state = RunSketch.State(RunState.Running, "a");
        for (var n = 1; n <= 5; n++)
        {
            state.Task(n, "base", ("a", "ok"));
        }

        state.Task(6, "php", ("a", "failed"));
        var rows = Rows(state);
        Assert.Equal(["Group 1-5", "Task 6", "Line 12"], rows);
    }

    [Fact]
    public void Of_ThreeFoldedTasks_StaySingle()
    {
        var state = RunSketch.State(RunState.Running, "a");
        for (var n = 1; n <= 4; n++)
        {
            state.Task(n, "base", ("a", "ok"));
        }

        Assert.Equal(["Task 1", "Task 2", "Task 3", "Task 4", "Line 8"], Rows(state));
    }

    [Fact]
    public void Of_GroupTakenApart_ShowsItsTasks()
    {
        var state = RunSketch.State(RunState.Running, "a");
        for (var n = 1; n <= 6; n++)
        {
            state.Task(n, "base", ("a", "ok"));
        }

        state.Folds.OpenGroup(1);
        Assert.Equal(["Task 1", "Task 2", "Task 3", "Task 4", "Task 5", "Task 6", "Line 12"], Rows(state));
    }

    [Fact]
    public void Of_ReaderClosedAFailure_StaysClosed()
    {
        var state = RunSketch.State(RunState.Running, "a");
        state.Task(1, "base", ("a", "failed"));
        state.Folds.Set(1, open: false);
        state.Task(2, "base");
        Assert.Equal(["Task 1", "Task 2"], Rows(state));
    }

    [Fact]
    public void Of_FailedOnOneNode_KeepsTheTaskLineAndItsHits()
    {
        var state = RunSketch.State(RunState.Running, "a", "b");
        state.Task(1, "base", ("a", "ok"), ("b", "ok"));
        state.Task(2, "base", ("a", "ok"), ("b", "failed"));
        state.Filter = new RunLogFilter("failed");
        Assert.Equal(["Task 2", "Line 6"], Rows(state));
        state.Filter = new RunLogFilter("failed", "a");
        Assert.Empty(Rows(state));
        state.Filter = new RunLogFilter(null, "a");
        Assert.Equal(["Task 1", "Line 2", "Task 2", "Line 5"], Rows(state));
    }

    [Fact]
    public void Rows_OfAMillionLines_AreFewAndAtTheRightPlace()
    {
        var state = RunSketch.State(RunState.Succeeded, "a");
        state.Raw = true;
        state.Load(RunSketch.Detail(RunState.Succeeded, "a"), new RunMatrix([], []), [new RunLine(1_000_000, 1, 0, 0, null, "text", "last")]);
        var layout = RunLogLayout.Of(state);
        Assert.Equal(20_000_000, layout.Height);
        Assert.Equal(RunLogLayout.Tallest, layout.ShownHeight);
        var rows = layout.Rows(layout.Place(layout.ShownHeight - 800, 800), 800);
        Assert.True(rows.Count <= RunLogLayout.MostRows);
        Assert.Equal(1_000_000, rows[^1].Line);
        Assert.Equal(500_000 * 20d, layout.TopOfLine(500_001));
        Assert.Equal(1_234_567, layout.Place(layout.Scroll(1_234_567, 800), 800), 3);
    }

    private static List<string> Rows(RunLogState state) =>
        [.. RunLogLayout.Of(state).Rows(0, 10_000).Select(r => r.Kind switch
        {
            RunRowKind.Group => $"Group {r.Task}-{r.Last}",
            RunRowKind.Task => $"Task {r.Task}",
            _ => $"Line {r.Line}",
        })];
}
