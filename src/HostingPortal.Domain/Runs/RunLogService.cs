using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Reading a run's log: ranges of lines, single events, the whole of it, and live. Every call checks the actor again.</summary>
public sealed class RunLogService(IDbContextFactory<PortalDbContext> contexts, RunFeed feed)
{
    public async Task<RunMatrix> GetMatrixAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await RequireAsync(db, actor, runId, ct);
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
        await RequireAsync(db, actor, runId, ct);
        var to = from + Math.Clamp(count, 1, 5000) - 1;
        var chunks = await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.LineFrom <= to && c.LineFrom + c.Lines > from)
            .OrderBy(c => c.SeqFrom).ToListAsync(ct);
        return chunks.SelectMany(Lines).Where(l => l.Number >= from && l.Number <= to).ToList();
    }

    /// <summary>One whole event, e.g. the result behind a cell of the matrix.</summary>
    public async Task<RunEvent> GetEventAsync(Actor actor, long runId, int seq, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await RequireAsync(db, actor, runId, ct);
        var chunk = await db.RunLogChunks.AsNoTracking().FirstOrDefaultAsync(c => c.RunId == runId && c.SeqFrom <= seq && c.SeqTo >= seq, ct) ?? throw new NotFoundException();
        return RunLog.Unpack(chunk.Data).Select(RunEvent.Parse).First(e => e.Seq == seq);
    }

    /// <summary>The host_vars difference the run applied, as a unified diff; staff only.</summary>
    public async Task<string> GetDiffAsync(Actor actor, long runId, CancellationToken ct)
    {
        actor.RequireStaff();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await RequireAsync(db, actor, runId, ct);
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
        await RequireAsync(db, actor, runId, ct);
        var names = await db.RunNodes.AsNoTracking().Where(n => n.RunId == runId).ToDictionaryAsync(n => n.NodeId, n => n.Name, ct);
        await foreach (var chunk in db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId).OrderBy(c => c.SeqFrom).AsAsyncEnumerable().WithCancellation(ct))
        {
            yield return json
                ? string.Concat(RunLog.Unpack(chunk.Data).Select(l => l + "\n"))
                : string.Concat(Lines(chunk).Select(l => $"{DateTimeOffset.FromUnixTimeMilliseconds(l.Time):HH:mm:ss.fff} {Node(l, names)}{l.Kind,-11} {l.Text}\n"));
        }
    }

    /// <summary>
    /// Events after <paramref name="afterSeq"/> in order, stored ones first, then live ones, until the run ends. Nothing is lost or doubled: a gap in the live
    /// part is read from the store. The actor is checked again every minute.
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
                state = await RequireAsync(db, actor, runId, ct);
                await foreach (var chunk in db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.SeqTo > last).OrderBy(c => c.SeqFrom).AsAsyncEnumerable().WithCancellation(ct))
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

    /// <summary>Live events without a gap; ends at a gap, at the run's end, or after a minute.</summary>
    private static async IAsyncEnumerable<RunEvent> LiveAsync(RunSubscription subscription, int last, [EnumeratorCancellation] CancellationToken ct)
    {
        using var minute = CancellationTokenSource.CreateLinkedTokenSource(ct);
        minute.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            RunBatch batch;
            try
            {
                batch = await subscription.Batches.ReadAsync(minute.Token);
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

    private static IEnumerable<RunLine> Lines(RunLogChunk chunk)
    {
        var next = chunk.LineFrom;
        foreach (var e in RunLog.Unpack(chunk.Data).Select(RunEvent.Parse))
        {
            var lines = RunLines.Render(e, next);
            next += lines.Count;
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    private static async Task<RunState> RequireAsync(PortalDbContext db, Actor actor, long runId, CancellationToken ct)
    {
        var run = await db.Runs.AsNoTracking().Where(r => r.Id == runId).Select(r => new { r.ClientId, r.State }).FirstOrDefaultAsync(ct);
        return actor.Visible(run, r => r.ClientId).State;
    }
}
