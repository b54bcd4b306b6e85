using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Reading a run's log: ranges of lines, single events, the whole of it, and live. Every call checks the actor again.</summary>
public sealed class RunLogService(IDbContextFactory<PortalDbContext> contexts, RunFeed feed, TimeProvider time)
{
    /// <summary>Chunks from the begin on in which Ansible's first event is looked for.</summary>
    private const int StartWithin = 200;

    private static readonly TimeSpan RightLasts = TimeSpan.FromSeconds(30);

    public async Task<RunMatrix> GetMatrixAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var tasks = await db.RunTasks.AsNoTracking().Where(t => t.RunId == runId).OrderBy(t => t.Number)
            .Select(t => new RunTaskRow(t.Number, t.Role, t.Name, t.Module, t.OffsetMilliseconds, t.DurationMilliseconds, t.Line)).ToListAsync(ct);
        var results = await db.RunTaskResults.AsNoTracking().Where(t => t.RunId == runId).OrderBy(t => t.TaskNumber)
            .Select(t => new RunResultRow(t.TaskNumber, t.NodeId, t.Result, t.Milliseconds, t.Line, t.Seq)).ToListAsync(ct);
        return new RunMatrix(tasks, results);
    }

    /// <summary>Lines <paramref name="from"/> (1 is the first) and on, at most <paramref name="count"/>.</summary>
    public async Task<IReadOnlyList<RunLine>> GetLinesAsync(Actor actor, long runId, int from, int count, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var to = from + Math.Clamp(count, 1, 5000) - 1;
        var chunks = await db.ChunksAsync(runId, from, to, ct);
        return chunks.SelectMany(c => RunLogReader.Lines(c)).Where(l => l.Number >= from && l.Number <= to).ToList();
    }

    /// <summary>One line as long as it is.</summary>
    public async Task<string> GetWholeLineAsync(Actor actor, long runId, int number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var chunks = await db.ChunksAsync(runId, number, number, ct);
        return chunks.SelectMany(c => RunLogReader.Lines(c, whole: true)).FirstOrDefault(l => l.Number == number)?.Text ?? throw new NotFoundException();
    }

    /// <summary>What the same task did on the same node in the run before that had it, or null. Looks 50 runs back.</summary>
    public async Task<RunLastTime?> GetLastTimeAsync(Actor actor, long runId, int task, string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var found = await db.RunTasks.AsNoTracking().FirstOrDefaultAsync(t => t.RunId == runId && t.Number == task, ct);
        if (found is null || !await db.RunNodes.AnyAsync(n => n.RunId == runId && n.NodeId == nodeId, ct))
        {
            return null;
        }

        var before = await db.RunNodes.AsNoTracking().Where(n => n.NodeId == nodeId && n.RunId < runId).OrderByDescending(n => n.RunId).Select(n => n.RunId).Take(50).ToListAsync(ct);
        return await (from t in db.RunTasks.AsNoTracking()
                      where before.Contains(t.RunId) && t.Role == found.Role && t.Name == found.Name
                      join r in db.RunTaskResults on new { t.RunId, TaskNumber = t.Number } equals new { r.RunId, r.TaskNumber }
                      join run in db.Runs on t.RunId equals run.Id
                      where r.NodeId == nodeId
                      orderby t.RunId descending, t.Number descending
                      select new RunLastTime(t.RunId, t.Number, r.Result, r.Milliseconds, run.StartedAt ?? run.QueuedAt)).FirstOrDefaultAsync(ct);
    }

    /// <summary>Where and how Ansible was started. The version is null until its first event is here.</summary>
    public async Task<RunMachine> GetMachineAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var run = await db.Runs.AsNoTracking().Include(r => r.Nodes).FirstAsync(r => r.Id == runId, ct);
        var early = await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId).OrderBy(c => c.SeqFrom).Take(StartWithin).ToListAsync(ct);
        var start = early.SelectMany(c => RunLog.Unpack(c.Data)).FirstOrDefault(e => e.Contains("\"start\"", StringComparison.Ordinal) && RunEvent.Parse(e).Kind == "start");
        var version = start is null ? null : RunEvent.Parse(start).Word("ansible");
        return actor.IsStaff ? new RunMachine(version, $"run-{run.Key}.service", RunMachine.CommandOf(run)) : new RunMachine(version, null, null);
    }

    /// <summary>One whole event, e.g. the result behind a cell of the matrix.</summary>
    public async Task<RunEvent> GetEventAsync(Actor actor, long runId, int seq, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var at = await db.SeqOfEventAsync(runId, seq, ct);
        var chunk = await db.RunLogChunks.AsNoTracking().FirstOrDefaultAsync(c => c.RunId == runId && c.SeqFrom == at, ct);
        return (chunk is null ? [] : RunLog.Unpack(chunk.Data).Select(RunEvent.Parse)).FirstOrDefault(e => e.Seq == seq) ?? throw new NotFoundException();
    }

    /// <summary>The host_vars difference the run applied, as a unified diff; staff only.</summary>
    public async Task<string> GetDiffAsync(Actor actor, long runId, CancellationToken ct)
    {
        actor.RequireStaff();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var diff = await db.RunDiffs.AsNoTracking().FirstOrDefaultAsync(d => d.RunId == runId, ct);
        if (diff is null)
        {
            return "";
        }

        using var reader = new StreamReader(new BrotliStream(new MemoryStream(diff.Data), CompressionMode.Decompress), Encoding.UTF8);
        return await reader.ReadToEndAsync(ct);
    }

    /// <summary>The whole log in pieces, as text or as JSON lines.</summary>
    public async IAsyncEnumerable<string> DownloadAsync(Actor actor, long runId, bool json, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequireRunAsync(actor, runId, ct);
        var names = await db.RunNodes.AsNoTracking().Where(n => n.RunId == runId).ToDictionaryAsync(n => n.NodeId, n => n.Name, ct);
        await foreach (var chunk in db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId).OrderBy(c => c.SeqFrom).AsAsyncEnumerable().WithCancellation(ct))
        {
            yield return json
                ? string.Concat(RunLog.Unpack(chunk.Data).Select(l => l + "\n"))
                : string.Concat(RunLogReader.Lines(chunk, whole: true).Select(l => $"{DateTimeOffset.FromUnixTimeMilliseconds(l.Time):HH:mm:ss.fff} {Node(l, names)}{l.Kind,-11} {l.Text}\n"));
        }
    }

    /// <summary>
    /// Events after <paramref name="afterSeq"/> in order, stored ones first, then live ones, until the run ends. Nothing is lost or doubled: a gap in the live
    /// part is read from the store. The actor is checked again every half minute; whose right is gone gets <see cref="NotFoundException"/>.
    /// </summary>
    public async IAsyncEnumerable<RunEvent> FollowAsync(Actor actor, Func<CancellationToken, Task<Actor?>> again, long runId, int afterSeq, [EnumeratorCancellation] CancellationToken ct)
    {
        using var subscription = feed.Subscribe(runId);
        var last = afterSeq;
        while (true)
        {
            RunState state;
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                state = await db.RequireRunAsync(actor, runId, ct);
                var from = await db.SeqOfEventAsync(runId, last + 1, ct);
                await foreach (var chunk in db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.SeqFrom >= from).OrderBy(c => c.SeqFrom).AsAsyncEnumerable().WithCancellation(ct))
                {
                    foreach (var e in RunLog.Unpack(chunk.Data).Select(RunEvent.Parse).Where(e => e.Seq > last))
                    {
                        last = e.Seq;
                        yield return e;
                    }
                }
            }

            if (state is not (RunState.Queued or RunState.Running or RunState.Canceling))
            {
                yield break;
            }

            await foreach (var e in LiveAsync(subscription, last, ct))
            {
                last = e.Seq;
                yield return e;
            }

            actor = await again(ct) ?? throw new NotFoundException();
        }
    }

    /// <summary>Live events without a gap; ends at a gap, at the run's end, or when the right has to be looked at again.</summary>
    private async IAsyncEnumerable<RunEvent> LiveAsync(RunSubscription subscription, int last, [EnumeratorCancellation] CancellationToken ct)
    {
        using var due = new CancellationTokenSource(RightLasts, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, due.Token);
        while (true)
        {
            RunBatch batch;
            try
            {
                batch = await subscription.Batches.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                yield break;
            }

            foreach (var e in batch.Events.Where(e => e.Seq > last))
            {
                if (e.Seq != last + 1)
                {
                    yield break;
                }

                last = e.Seq;
                yield return e;
            }

            if (batch.Events.Count == 0)
            {
                yield break;
            }
        }
    }

    private static string Node(RunLine line, Dictionary<string, string> names) => line.NodeId is { } id ? names.GetValueOrDefault(id, id) + " " : "";
}
