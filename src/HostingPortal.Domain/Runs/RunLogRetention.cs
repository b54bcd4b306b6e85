using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Deletes logs that are old or too many, with their rows of tasks and results. What stays of a run is its row, its steps and one line that says so. Any number of portals may
/// look; a log that is gone already is none.
/// </summary>
internal sealed class RunLogRetention(IDbContextFactory<PortalDbContext> contexts, IOptions<PortalOptions> options, TimeProvider time, ILogger<RunLogRetention> logger) : BackgroundService
{
    private const int Batch = 200;
    private const string Note = "the log was deleted: its time, or its room, was over";
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    /// <summary>Looks once; returns how many logs went.</summary>
    public async Task<int> TickAsync(CancellationToken ct)
    {
        var count = 0;
        var cutoff = time.GetUtcNow().UtcDateTime.AddDays(-options.Value.RunLogDays);
        while (await OldestAsync(r => r.EndedAt < cutoff, ct) is { Count: > 0 } old)
        {
            foreach (var run in old)
            {
                await DeleteAsync(run, ct);
                count++;
            }
        }

        for (var excess = await ExcessAsync(ct); excess > 0 && await OldestAsync(r => r.EndedAt != null, ct) is { Count: > 0 } old;)
        {
            foreach (var run in old.TakeWhile(_ => excess > 0))
            {
                excess -= await DeleteAsync(run, ct);
                count++;
            }
        }

        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "Old logs could not be deleted; trying again.");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Ended runs that still have a log, the oldest first; one whose log is the note alone has none.</summary>
    private async Task<List<long>> OldestAsync(System.Linq.Expressions.Expression<Func<Run, bool>> which, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Runs.AsNoTracking().Where(r => r.EndedAt != null && r.EventCount > 1).Where(which).OrderBy(r => r.Id).Select(r => r.Id).Take(Batch).ToListAsync(ct);
    }

    /// <summary>Bytes above the limit. The table's own figure is at hand at once; only when that is too large are the logs themselves added up.</summary>
    private async Task<long> ExcessAsync(CancellationToken ct)
    {
        var limit = options.Value.RunLogMegabytes * 1_000_000L;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rough = await db.Database.SqlQueryRaw<long>("SELECT CAST(DATA_LENGTH AS SIGNED) AS Value FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'run_log_chunks'").FirstAsync(ct);
        return rough <= limit ? 0 : await db.RunLogChunks.SumAsync(c => (long)c.Data.Length, ct) - limit;
    }

    /// <returns>Bytes that became free.</returns>
    private async Task<long> DeleteAsync(long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var run = (await db.Runs.FromSql($"SELECT * FROM runs WHERE Id = {runId} FOR UPDATE").ToListAsync(ct)).Single();
        if (run.EndedAt is null || run.EventCount <= 1)
        {
            return 0;
        }

        var bytes = await db.RunLogChunks.Where(c => c.RunId == runId).SumAsync(c => (long)c.Data.Length, ct);
        await db.RunLogChunks.Where(c => c.RunId == runId).ExecuteDeleteAsync(ct);
        await db.RunTaskResults.Where(r => r.RunId == runId).ExecuteDeleteAsync(ct);
        await db.RunTasks.Where(t => t.RunId == runId).ExecuteDeleteAsync(ct);
        await db.RunDiffs.Where(d => d.RunId == runId).ExecuteDeleteAsync(ct);
        var note = RunEvent.Own(1, time.GetUtcNow(), "line", new { msg = Note });
        db.RunLogChunks.Add(new RunLogChunk { RunId = runId, SeqFrom = 1, SeqTo = 1, LineFrom = 1, Lines = 1, Data = RunLog.Pack([note]) });
        (run.EventCount, run.LineCount) = (1, 1);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return bytes;
    }
}
