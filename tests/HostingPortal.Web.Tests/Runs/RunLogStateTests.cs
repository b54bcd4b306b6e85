using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Runs;
using Xunit;

namespace HostingPortal.Web.Tests.Runs;

public sealed class RunLogStateTests
{
    [Fact]
    public void Apply_TaskWithResults_FillsMatrixAndCounts()
    {
        var state = RunSketch.State(RunState.Running, "a", "b");
        state.Task(1, "base", ("a", "ok"), ("b", "changed"));
        Assert.Equal(RunMark.Ok, state.MarkOf(1, "a"));
        Assert.Equal(RunMark.Changed, state.MarkOf(1, "b"));
        Assert.Equal(3, state.LineCount);
        Assert.Equal(1, state.Count("changed"));
        Assert.Equal(100, state.Tasks[0].DurationMilliseconds);
    }

    [Fact]
    public void Apply_SameBatchTwice_ChangesNothing()
    {
        var state = RunSketch.State(RunState.Running, "a");
        var batch = RunSketch.Batch(1, [RunSketch.Event(state, 1, new { e = "task", n = 1, role = "base", name = "One" }), RunSketch.Event(state, 2, new { e = "result", n = 1, h = "a", st = "ok" })]);
        state.Apply(batch);
        state.Apply(batch);
        Assert.Single(state.Tasks);
        Assert.Equal(2, state.LineCount);
        Assert.False(state.Gap);
    }

    [Fact]
    public void Apply_LinesThatDoNotJoin_IsAGapUntilLoadedAgain()
    {
        var state = RunSketch.State(RunState.Running, "a");
        state.Task(1, "base", ("a", "ok"));
        state.Apply(RunSketch.Batch(9, [RunSketch.Event(state, 9, new { e = "line", msg = "far ahead" })]));
        Assert.True(state.Gap);
        Assert.Equal(2, state.LineCount);
        state.Load(RunSketch.Detail(RunState.Running, "a"), new RunMatrix([], []), [new RunLine(9, 9, 0, 0, null, "text", "far ahead")]);
        Assert.False(state.Gap);
        Assert.Equal(9, state.LineCount);
    }

    [Fact]
    public void MarkOf_NodeThatFailedEarlier_IsNotRunWhileOthersRun()
    {
        var state = RunSketch.State(RunState.Running, "a", "b");
        state.Task(1, "base", ("a", "failed"), ("b", "ok"));
        state.Task(2, "base");
        Assert.Equal(RunMark.NotRun, state.MarkOf(2, "a"));
        Assert.Equal(RunMark.Running, state.MarkOf(2, "b"));
        Assert.Equal(RunMark.Ahead, state.MarkOf(3, "b"));
    }

    [Fact]
    public void Follow_ReaderMoves_PausesCountsAndResumes()
    {
        var state = RunSketch.State(RunState.Running, "a");
        state.Task(1, "base", ("a", "ok"));
        state.Follow.Start();
        state.Follow.Pause(state.LineCount);
        state.Task(2, "base", ("a", "ok"));
        Assert.Equal(2, state.Follow.PausedAt);
        Assert.Equal(2, state.Follow.NewLines(state.LineCount));
        state.Follow.Start();
        Assert.Null(state.Follow.PausedAt);
        Assert.Equal(0, state.Follow.NewLines(state.LineCount));
    }

    [Fact]
    public void Tail_LinesAfterTheLastTask_AreNotTheTasks()
    {
        var state = RunSketch.State(RunState.Running, "a");
        state.Task(1, "base", ("a", "ok"));
        state.Apply(RunSketch.Batch(3, [RunSketch.Event(state, 1, new { e = "end", reason = "finished", rc = 0 })]));
        Assert.Equal(3, state.TailFrom);
        state.Task(2, "base", ("a", "ok"));
        Assert.Null(state.TailFrom);
    }
}
