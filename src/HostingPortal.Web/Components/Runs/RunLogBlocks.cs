using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>Which rows the log has: failed and running tasks open, what ended well folded, more than three folded in a row as one.</summary>
internal static class RunLogBlocks
{
    private const int LongestUngrouped = 3;

    public static void Fill(RunLogState state, RunLogLayout layout)
    {
        if (state.Raw)
        {
            layout.AddLines(0, 1, state.LineCount);
            return;
        }

        var before = state.Tasks.Count > 0 ? state.Tasks[0].Line - 1 : state.LineCount;
        if (!state.Filter.Active && before > 0)
        {
            layout.AddHead(RunRowKind.Task, 0, 0);
            if (IsOpen(state, 0))
            {
                layout.AddLines(0, 1, before);
            }
        }

        AddTasks(state, layout);
        if (!state.Filter.Active && state.TailFrom is { } tail)
        {
            layout.AddLines(state.Tasks.Count, tail, state.LineCount);
        }
    }

    public static bool IsOpen(RunLogState state, int task) => state.Folds.IsOpen(task, OpenByItself(state, task));

    private static bool OpenByItself(RunLogState state, int task) =>
        task == 0
            ? state.Tasks.Count == 0
            : state.Filter.Active || state.HasFailed(task) || (!state.Ended && task == state.Tasks.Count);

    private static void AddTasks(RunLogState state, RunLogLayout layout)
    {
        var matching = state.Filter.Active ? state.Results.All.Where(state.Filter.Matches).Select(r => r.TaskNumber).ToHashSet() : null;
        var shown = state.Tasks.Where(t => matching?.Contains(t.Number) != false).Select(t => t.Number).ToList();
        for (var i = 0; i < shown.Count; i++)
        {
            var run = matching is null ? FoldedFrom(state, shown, i) : 0;
            if (run > LongestUngrouped && !state.Folds.IsGroupOpen(shown[i]))
            {
                layout.AddHead(RunRowKind.Group, shown[i], shown[i + run - 1]);
                i += run - 1;
                continue;
            }

            // A group that was taken apart is drawn as a whole, or its rest would fold again.
            var apart = Math.Max(run, 1);
            for (var n = 0; n < apart; n++, i++)
            {
                AddTask(state, layout, shown[i]);
            }

            i--;
        }
    }

    private static int FoldedFrom(RunLogState state, List<int> shown, int at)
    {
        var count = 0;
        while (at + count < shown.Count && !IsOpen(state, shown[at + count]))
        {
            count++;
        }

        return count;
    }

    private static void AddTask(RunLogState state, RunLogLayout layout, int task)
    {
        layout.AddHead(RunRowKind.Task, task, task);
        if (!IsOpen(state, task))
        {
            return;
        }

        var from = state.Tasks[task - 1].Line + 1;
        var to = task < state.Tasks.Count ? state.Tasks[task].Line - 1 : (state.TailFrom ?? (state.LineCount + 1)) - 1;
        if (!state.Filter.Active)
        {
            layout.AddLines(task, from, to);
            return;
        }

        var results = state.Results.OfTask(task).ToList();
        for (var i = 0; i < results.Count; i++)
        {
            if (state.Filter.Matches(results[i]))
            {
                layout.AddLines(task, results[i].Line, i + 1 < results.Count ? results[i + 1].Line - 1 : to);
            }
        }
    }
}
