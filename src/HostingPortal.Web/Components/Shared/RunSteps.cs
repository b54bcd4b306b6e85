using HostingPortal.Domain.Runs;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Shared;

/// <summary>The few steps people see of a run, by its kind; the run's own finer steps fall into them.</summary>
public static class RunSteps
{
    private static readonly (string Key, string[] Steps)[] Provision =
        [("Saved", []), ("Ordered", ["secrets", "access", "order"]), ("Booted", ["boot", "extras"]), ("Installed", ["prepare", "commit", "push", "play"]), ("Answers", ["record", "answer"])];

    private static readonly (string Key, string[] Steps)[] Converge =
        [("Saved", []), ("Checked", ["prepare", "commit", "push"]), ("SetUp", ["play"]), ("Tested", ["record", "answer"])];

    private static readonly (string Key, string[] Steps)[] Decommission = [("Saved", []), ("Deleted", ["delete"]), ("Tidied", ["tidy", "forget"])];

    private static readonly (string Key, string[] Steps)[] Bootstrap =
        [("Saved", []), ("Ordered", ["secrets", "access", "order"]), ("Booted", ["boot", "extras"]), ("Installed", ["prepare", "commit", "play"]), ("Answers", ["record", "content", "hand-over"])];

    public static IReadOnlyList<ProgressStep> Of(RunDetail detail, Texts texts)
    {
        var plan = detail.Run.Kind switch { RunKind.Provision => Provision, RunKind.Bootstrap => Bootstrap, RunKind.Decommission => Decommission, _ => Converge };
        var furthest = Array.FindLastIndex(plan, p => detail.Steps.Any(s => p.Steps.Contains(s.Name)));
        return [.. plan.Select((part, index) => new ProgressStep(texts["Progress." + part.Key], StateOf(part.Steps, index, furthest, detail)))];
    }

    private static ProgressStepState StateOf(string[] names, int index, int furthest, RunDetail detail)
    {
        var mine = detail.Steps.Where(s => names.Contains(s.Name)).ToList();
        var bad = detail.Run.State is RunState.Failed or RunState.PartlyFailed or RunState.Unreachable or RunState.Lost;
        return mine switch
        {
            _ when index == 0 || detail.Run.State == RunState.Succeeded => ProgressStepState.Done,
            _ when mine.Exists(s => s.State == StepState.Failed) || (bad && index == Math.Max(furthest, 1)) => ProgressStepState.Failed,
            _ when index < furthest => ProgressStepState.Done,
            _ when index == furthest || (furthest < 1 && index == 1) => detail.Run.Ended ? ProgressStepState.Waiting : ProgressStepState.Running,
            _ => ProgressStepState.Waiting,
        };
    }
}
