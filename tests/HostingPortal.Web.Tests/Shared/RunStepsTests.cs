using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Tests.Shared;

public sealed class RunStepsTests : Pages
{
    private static readonly DateTime At = new(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc);

    private ProgressStepState[] States(RunState state, params (string Name, StepState State)[] steps)
    {
        DateTime? ended = state is RunState.Queued or RunState.Running ? null : At;
        var run = new RunRow(1, RunKind.Provision, state, null, null, "c", "C", "p", "P", "x", At, At, ended, 0, 0, 0, 0, 0, false, "", null, null, null, null, false, null, []);
        var rows = steps.Select((s, i) => new RunStepRow(i, s.Name, s.State, At, null, null, null)).ToList();
        return [.. RunSteps.Of(new RunDetail(run, rows, [], 0, 0), T).Select(s => s.State)];
    }

    [Fact]
    public void Of_Booting_EarlierDoneLaterWaiting() => Assert.Equal(
        [ProgressStepState.Done, ProgressStepState.Done, ProgressStepState.Running, ProgressStepState.Waiting, ProgressStepState.Waiting],
        States(RunState.Running, ("order", StepState.Done), ("boot", StepState.Running)));

    [Fact]
    public void Of_OrderFailed_NamesTheStep() => Assert.Equal(ProgressStepState.Failed, States(RunState.Failed, ("order", StepState.Failed))[1]);

    [Fact]
    public void Of_Succeeded_AllDone() => Assert.All(States(RunState.Succeeded), s => Assert.Equal(ProgressStepState.Done, s));
}
