using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>
/// What one viewer sees of a run: tasks, results, lines known so far, what is folded, whether the view follows. Fed by the store first and by live
/// batches then; both may tell the same thing twice. Not thread-safe: the page uses it on its own renderer only.
/// </summary>
public sealed class RunLogState
{
    private readonly List<RunTaskRow> tasks = [];
    private readonly Dictionary<string, int> stoppedAt = [];
    private bool lastOpen;

    public RunDetail? Detail { get; private set; }

    public RunRow Run => Detail!.Run;

    public bool Ended => Detail?.Run.Ended == true;

    public IReadOnlyList<RunTaskRow> Tasks => tasks;

    public RunResultIndex Results { get; } = new();

    /// <summary>Number of the last line known to exist.</summary>
    public int LineCount { get; private set; }

    /// <summary>First line after the last task's own, once the play is over.</summary>
    public int? TailFrom { get; private set; }

    /// <summary>Live lines were missed; the page reads from the store again.</summary>
    public bool Gap { get; private set; }

    /// <summary>Grows with every task, result or fact of the run that is new; lines alone leave it as it is.</summary>
    public int Version { get; private set; }

    public RunLineCache Lines { get; } = new();

    public RunFolds Folds { get; } = new();

    public RunFollow Follow { get; } = new();

    public RunLogFilter Filter { get; set; } = new();

    /// <summary>All lines as they came, without tasks.</summary>
    public bool Raw { get; set; }

    /// <summary>Takes over what the store says. <paramref name="last"/> are the newest lines, enough to see where the last task ends.</summary>
    public void Load(RunDetail detail, RunMatrix matrix, IReadOnlyList<RunLine> last)
    {
        Update(detail);
        foreach (var task in matrix.Tasks)
        {
            Put(task);
        }

        foreach (var result in matrix.Results)
        {
            Put(result);
        }

        LineCount = Math.Max(LineCount, Math.Max(detail.Run.LineCount, last.Count == 0 ? 0 : last[^1].Number));
        Lines.Add(last);
        TailFrom = tasks.Count == 0 ? null : TailOf(last);
        Gap = false;
    }

    public void Update(RunDetail detail)
    {
        lastOpen = Detail is null || Ended ? lastOpen : RunLogBlocks.IsOpen(this, tasks.Count);
        (Detail, Version) = (detail, Version + 1);
    }

    /// <summary>Takes a live batch. Lines that do not join what is known set <see cref="Gap"/> and leave everything as it was.</summary>
    public void Apply(RunBatch batch)
    {
        var fresh = batch.Lines.Where(l => l.Number > LineCount).ToList();
        if (fresh.Count > 0 && fresh[0].Number != LineCount + 1)
        {
            Gap = true;
            return;
        }

        Lines.Add(batch.Lines);
        foreach (var line in fresh)
        {
            LineCount = line.Number;
            TailFrom = line.Task > 0 || tasks.Count == 0 ? null : TailFrom ?? line.Number;
        }

        var lineOf = batch.Lines.GroupBy(l => l.Seq).ToDictionary(g => g.Key, g => g.First().Number);
        foreach (var e in batch.Events)
        {
            Take(e, lineOf.GetValueOrDefault(e.Seq, LineCount));
        }
    }

    /// <summary>Stops following. The task that is being read stays open when it ends: nothing moves under the reader's eyes.</summary>
    public void StandStill()
    {
        if (Follow.On)
        {
            Folds.Set(tasks.Count, RunLogBlocks.IsOpen(this, tasks.Count));
            Follow.Pause(LineCount);
        }
    }

    /// <summary>The run has ended: nothing scrolls, nothing folds, nothing is offered to resume.</summary>
    public void Finish()
    {
        Folds.Set(tasks.Count, lastOpen);
        Follow.Stop();
    }

    /// <summary>Notes that the store knows more lines than were ever seen live.</summary>
    public void NoteLineCount(int count) => Gap |= count > LineCount;

    public RunResultRow? Find(int task, string node) => Results.Find(task, node);

    public RunMark MarkOf(int task, string node)
    {
        if (Results.Find(task, node) is { } result)
        {
            return (RunMark)(int)result.Result;
        }

        if (task > tasks.Count)
        {
            return Ended ? RunMark.NotRun : RunMark.Ahead;
        }

        var stopped = stoppedAt.TryGetValue(node, out var at) && at < task;
        return !stopped && !Ended && task == tasks.Count ? RunMark.Running : RunMark.NotRun;
    }

    public bool HasFailed(int task) => Results.Count(task, TaskResult.Failed) + Results.Count(task, TaskResult.Unreachable) > 0;

    /// <summary>The task a node stopped at, or null.</summary>
    public int? FailedAt(string node) => stoppedAt.TryGetValue(node, out var task) ? task : null;

    public bool NodeFailed(string node) => stoppedAt.ContainsKey(node);

    public int Count(string node, TaskResult result) => Results.Count(node, result);

    /// <summary>Results of a kind over the whole run: what the filter buttons count.</summary>
    public int Count(string? show) =>
        RunLogFilter.ResultsOf(show).Sum(result => Filter.NodeId is { } node ? Results.Count(node, result) : Results.Count(result));

    /// <summary>The task a line belongs to, 0 before the first.</summary>
    public int TaskAt(int line)
    {
        var (low, high) = (0, tasks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = tasks[middle].Line <= line ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Take(RunEvent e, int line)
    {
        if (e.Kind == "task" && e.Task is { } number)
        {
            var start = Detail?.Run.StartedAt is { } started ? new DateTimeOffset(DateTime.SpecifyKind(started, DateTimeKind.Utc)).ToUnixTimeMilliseconds() : e.Time;
            Put(new RunTaskRow(number, e.Word("role") ?? "", e.Word("name") ?? "", e.Word("action") ?? "", Math.Max(0, e.Time - start), 0, line));
        }
        else if (e.Kind == "result" && e.Task is { } task && e.Host is { } host)
        {
            Put(new RunResultRow(task, host, RunWords.Result(e.Word("st")), e.Number("ms") ?? 0, line, e.Seq));
        }
    }

    private void Put(RunTaskRow task)
    {
        Version++;
        if (task.Number == tasks.Count + 1)
        {
            tasks.Add(task);
        }
        else if (task.Number >= 1 && task.Number <= tasks.Count && task.DurationMilliseconds > tasks[task.Number - 1].DurationMilliseconds)
        {
            tasks[task.Number - 1] = task;
        }
    }

    private void Put(RunResultRow result)
    {
        Version++;
        Results.Put(result);
        if (result.Result is TaskResult.Failed or TaskResult.Unreachable)
        {
            stoppedAt[result.NodeId] = result.TaskNumber;
        }

        if (result.TaskNumber >= 1 && result.TaskNumber <= tasks.Count && tasks[result.TaskNumber - 1] is var task && task.DurationMilliseconds < result.Milliseconds)
        {
            tasks[result.TaskNumber - 1] = task with { DurationMilliseconds = result.Milliseconds };
        }
    }

    private int? TailOf(IReadOnlyList<RunLine> last)
    {
        var own = last.LastOrDefault(l => l.Task > 0);
        var from = Math.Max(own?.Number ?? 0, tasks[^1].Line) + 1;
        return last.Count > 0 && last[0].Number <= from && from <= LineCount ? from : null;
    }
}
