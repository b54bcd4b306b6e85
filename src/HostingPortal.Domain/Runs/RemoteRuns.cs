using System.Collections.Concurrent;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Lets viewers here see runs that another instance works on: while somebody watches one, its row is asked at every hint, and a few times a second where
/// none can come, and what is new is read from the store and handed on like a batch of our own.
/// </summary>
public sealed class RemoteRuns(IDbContextFactory<PortalDbContext> contexts, RunFeed feed, RunHints hints, TimeProvider time, ILogger<RemoteRuns> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<long, (int Seq, RunState State)> seen = new();

    /// <summary>Looks once at every run that is watched here.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var watched = feed.Watched;
        foreach (var gone in seen.Keys.Except(watched).ToList())
        {
            seen.TryRemove(gone, out _);
        }

        if (watched.Count == 0)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var row in await db.Runs.AsNoTracking().Where(r => watched.Contains(r.Id)).Select(r => new { r.Id, r.State, r.EventCount }).ToListAsync(ct))
        {
            var local = feed.LastSeq(row.Id);
            var known = seen.TryGetValue(row.Id, out var before) ? before : (Seq: Math.Max(local, 0), State: RunState.Queued);
            known.Seq = Math.Max(known.Seq, local);
            if (row.EventCount > known.Seq || row.State != known.State)
            {
                await HandOnAsync(db, row.Id, row.State, known.Seq, ct);
                if (row.State != known.State)
                {
                    feed.HandOn(new RunBatch(row.Id, row.State, [], []));
                }
            }

            seen[row.Id] = (row.EventCount, row.State);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                await hints.WaitAsync(time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogWarning(error, "Runs of other instances could not be looked at; trying again.");
                await Task.Delay(TimeSpan.FromSeconds(2), time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Of a run seen for the first time only the newest chunk goes out: a viewer that lacks more sees the gap and reads it.</summary>
    private async Task HandOnAsync(PortalDbContext db, long runId, RunState state, int after, CancellationToken ct)
    {
        var chunks = db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.SeqTo > after);
        var news = after == 0 ? await chunks.OrderByDescending(c => c.SeqFrom).Take(1).ToListAsync(ct) : await chunks.OrderBy(c => c.SeqFrom).Take(50).ToListAsync(ct);
        foreach (var chunk in news)
        {
            var (events, lines, next) = (new List<RunEvent>(), new List<RunLine>(), chunk.LineFrom);
            foreach (var e in RunLog.Unpack(chunk.Data).Select(RunEvent.Parse))
            {
                var drawn = RunLines.Render(e, next);
                next += drawn.Count;
                if (e.Seq > after)
                {
                    events.Add(e);
                    lines.AddRange(drawn);
                }
            }

            feed.HandOn(new RunBatch(runId, state, events, lines));
        }
    }
}
