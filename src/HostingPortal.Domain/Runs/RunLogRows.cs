using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Collects from the event stream the rows the matrix and the filters need: tasks, results per node, counts.</summary>
internal sealed class RunLogRows(Run run)
{
    private readonly List<RunTask> tasks = [];
    private readonly List<RunTaskResult> results = [];
    private readonly Dictionary<string, (int Ok, int Changed, int Skipped, int Failed, bool Unreachable)> hosts = [];
    private long? firstTime;

    public int TaskCount { get; private set; } = run.TaskCount;

    public int TaskTotal { get; private set; } = run.TaskTotal;

    public int Changed { get; private set; } = run.ChangedCount;

    public int Failed { get; private set; } = run.FailedCount;

    public void Take(RunEvent e, int line)
    {
        firstTime ??= run.StartedAt is { } started ? new DateTimeOffset(started).ToUnixTimeMilliseconds() : e.Time;
        switch (e.Kind)
        {
            case "play":
                TaskTotal = Math.Max(TaskTotal, TaskCount + (e.Number("tasks") ?? 0));
                break;
            case "task" when e.Task is { } number:
                TaskCount = Math.Max(TaskCount, number);
                TaskTotal = Math.Max(TaskTotal, TaskCount);
                tasks.Add(new RunTask
                {
                    RunId = run.Id, Number = number, Role = Cut(e.Word("role"), 60), Name = Cut(e.Word("name"), 250), Module = Cut(e.Word("action"), 120),
                    OffsetMilliseconds = e.Time - firstTime.Value, Line = line,
                });
                break;
            case "result" when e.Task is { } number && e.Host is { } host:
                Result(e, number, host, line);
                break;
        }
    }

    public async Task SaveAsync(PortalDbContext db, CancellationToken ct)
    {
        db.RunTasks.AddRange(tasks);
        await db.SaveChangesAsync(ct);
        await PutResultsAsync(db, ct);
        foreach (var group in results.GroupBy(r => r.TaskNumber))
        {
            var longest = (long)group.Max(r => r.Milliseconds);
            await db.RunTasks.Where(t => t.RunId == run.Id && t.Number == group.Key && t.DurationMilliseconds < longest)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.DurationMilliseconds, longest), ct);
        }

        foreach (var (host, more) in hosts)
        {
            await db.RunNodes.Where(n => n.RunId == run.Id && n.NodeId == host).ExecuteUpdateAsync(
                n => n.SetProperty(x => x.Ok, x => x.Ok + more.Ok)
                    .SetProperty(x => x.Changed, x => x.Changed + more.Changed)
                    .SetProperty(x => x.Skipped, x => x.Skipped + more.Skipped)
                    .SetProperty(x => x.Failed, x => x.Failed + more.Failed)
                    .SetProperty(x => x.Unreachable, x => x.Unreachable || more.Unreachable), ct);
        }

        tasks.Clear();
        results.Clear();
        hosts.Clear();
    }

    /// <summary>A handler may run twice and a retried task reports again: the last result of a task on a node is the one that counts.</summary>
    private async Task PutResultsAsync(PortalDbContext db, CancellationToken ct)
    {
        if (results.Count == 0)
        {
            return;
        }

        var numbers = results.Select(r => r.TaskNumber).Distinct().ToList();
        var stored = (await db.RunTaskResults.Where(r => r.RunId == run.Id && numbers.Contains(r.TaskNumber)).ToListAsync(ct)).ToDictionary(r => (r.TaskNumber, r.NodeId));
        foreach (var result in results)
        {
            if (stored.TryGetValue((result.TaskNumber, result.NodeId), out var known))
            {
                (known.Result, known.Milliseconds, known.Line, known.Seq) = (result.Result, result.Milliseconds, result.Line, result.Seq);
            }
            else
            {
                db.RunTaskResults.Add(result);
            }
        }
    }

    private void Result(RunEvent e, int number, string host, int line)
    {
        var result = e.Word("st") switch
        {
            "changed" => TaskResult.Changed,
            "skipped" => TaskResult.Skipped,
            "failed" => TaskResult.Failed,
            "unreachable" => TaskResult.Unreachable,
            "ignored" => TaskResult.Ignored,
            _ => TaskResult.Ok,
        };
        results.RemoveAll(r => r.TaskNumber == number && r.NodeId == host);
        results.Add(new RunTaskResult { RunId = run.Id, TaskNumber = number, NodeId = Cut(host, Ids.MaxLength), Result = result, Milliseconds = e.Number("ms") ?? 0, Line = line, Seq = e.Seq });
        var counts = hosts.GetValueOrDefault(host);
        hosts[host] = result switch
        {
            TaskResult.Changed => counts with { Changed = counts.Changed + 1 },
            TaskResult.Skipped => counts with { Skipped = counts.Skipped + 1 },
            TaskResult.Failed => counts with { Failed = counts.Failed + 1 },
            TaskResult.Unreachable => counts with { Unreachable = true },
            _ => counts with { Ok = counts.Ok + 1 },
        };
        Changed += result == TaskResult.Changed ? 1 : 0;
        Failed += result is TaskResult.Failed or TaskResult.Unreachable ? 1 : 0;
    }

    private static string Cut(string? text, int length) => text is null ? "" : text.Length <= length ? text : text[..length];
}
