using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Who works on which run. A claim is a row under <c>FOR UPDATE SKIP LOCKED</c> with a lease in database time; each claim raises the epoch. A node has at most one
/// lock row, so two runs never work on it together, on however many instances.
/// </summary>
internal sealed class RunClaims(IDbContextFactory<PortalDbContext> contexts, IOptions<PortalOptions> options, IWorkingDisk disk, IEnumerable<IRunWitness> witnesses)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Name of this instance in the rows.</summary>
    public string Owner { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Ids.RandomText(6)}";

    /// <summary>The next run this instance may work on, or null.</summary>
    public async Task<Run?> ClaimAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var id in await CandidatesAsync(db, ct))
        {
            db.ChangeTracker.Clear();
            if (await TakeAsync(db, id, ct) is { } run)
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>Takes one run if it is still to be had: its row is locked, then looked at again.</summary>
    private async Task<Run?> TakeAsync(PortalDbContext db, long id, CancellationToken ct)
    {
        await using var transaction = await db.BeginAsync(ct);
        var free = await db.Database.SqlQuery<long>(
            $"""
             SELECT Id AS Value FROM runs
             WHERE Id = {id} AND (State = 'Queued' OR (State IN ('Running', 'Canceling') AND LeaseUntil < UTC_TIMESTAMP(3))) FOR UPDATE SKIP LOCKED
             """).ToListAsync(ct);
        if (free.Count == 0)
        {
            return null;
        }

        var run = await db.Runs.Include(r => r.Nodes).FirstAsync(r => r.Id == id, ct);
        if (run.State == RunState.Queued)
        {
            db.NodeLocks.AddRange(run.Nodes.Select(n => new NodeLock { NodeId = n.NodeId, RunId = run.Id }));
            run.State = RunState.Running;
            run.StartedAt ??= await db.NowAsync(ct);
        }

        run.Epoch++;
        run.Owner = Owner;
        run.LeaseUntil = await db.NowAsync(ct) + Lease;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is not System.Data.Common.DbException { IsTransient: true })
        {
            // Another instance took a node of this run between the look and the lock.
            return null;
        }

        await transaction.CommitAsync(ct);
        return run;
    }

    /// <summary>Renews the lease and reads whether a person asked to cancel. Null: somebody else owns the run.</summary>
    public async Task<bool?> BeatAsync(Run run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var seconds = (int)Lease.TotalSeconds;
        var held = await db.Database.ExecuteSqlAsync(
            $"UPDATE runs SET LeaseUntil = UTC_TIMESTAMP(3) + INTERVAL {seconds} SECOND WHERE Id = {run.Id} AND Epoch = {run.Epoch} AND State IN ('Running', 'Canceling')", ct);
        return held == 0 ? null : await db.Runs.Where(r => r.Id == run.Id).Select(r => r.CancelAsked).FirstAsync(ct);
    }

    /// <summary>Gives the run up for others to take at once, e.g. at shutdown.</summary>
    public async Task ReleaseAsync(Run run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"UPDATE runs SET LeaseUntil = UTC_TIMESTAMP(3) WHERE Id = {run.Id} AND Epoch = {run.Epoch}", ct);
    }

    /// <summary>Ends the run and frees its nodes, if it is still ours.</summary>
    public async Task<bool> EndAsync(Run run, RunOutcome outcome, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var now = await db.NowAsync(ct);
        var (reason, detail) = (Run.Cut(outcome.Reason, Run.ReasonLength), Run.Cut(outcome.Detail, Run.DetailLength));
        var ended = await db.Runs.Where(r => r.Id == run.Id && r.Epoch == run.Epoch).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.State, outcome.State).SetProperty(x => x.Reason, reason).SetProperty(x => x.ReasonDetail, detail)
                .SetProperty(x => x.EndedAt, outcome.EndedAt ?? now).SetProperty(x => x.LeaseUntil, (DateTime?)null), ct);
        if (ended > 0)
        {
            await db.NodeLocks.Where(l => l.RunId == run.Id).ExecuteDeleteAsync(ct);
            foreach (var witness in witnesses)
            {
                await witness.EndedAsync(db, run, outcome, ct);
            }
        }

        await transaction.CommitAsync(ct);
        return ended > 0;
    }

    /// <summary>
    /// What may be worked on, best first: runs whose owner is gone; then people's before scheduled ones, those of the client with least at work, the oldest. Clients
    /// at their cap are left out, so no client starves another. Read without locks: a candidate is looked at again when it is taken.
    /// </summary>
    private async Task<List<long>> CandidatesAsync(PortalDbContext db, CancellationToken ct)
    {
        var abandoned = await db.Database.SqlQuery<long>(
            $"SELECT Id AS Value FROM runs WHERE State IN ('Running', 'Canceling') AND LeaseUntil < UTC_TIMESTAMP(3) ORDER BY Id LIMIT 20").ToListAsync(ct);
        if (abandoned.Count > 0 || disk.IsNearlyFull)
        {
            return abandoned;
        }

        var (cap, all) = (options.Value.MaxRunsPerClient, options.Value.MaxRunsOverall);
        return await db.Database.SqlQuery<long>(
            $"""
             SELECT r.Id AS Value FROM runs r
             LEFT JOIN (SELECT ClientId, COUNT(*) AS Working FROM runs WHERE State IN ('Running', 'Canceling') GROUP BY ClientId) w ON w.ClientId = r.ClientId
             WHERE r.State = 'Queued' AND (r.NotBefore IS NULL OR r.NotBefore <= UTC_TIMESTAMP(3)) AND COALESCE(w.Working, 0) < {cap}
               AND (SELECT COUNT(*) FROM runs WHERE State IN ('Running', 'Canceling')) < {all}
               AND NOT EXISTS (SELECT 1 FROM run_nodes n JOIN node_locks l ON l.NodeId = n.NodeId WHERE n.RunId = r.Id)
             ORDER BY r.Priority = 'Schedule' AND r.QueuedAt > UTC_TIMESTAMP(3) - INTERVAL 10 MINUTE, COALESCE(w.Working, 0), r.Id LIMIT 20
             """).ToListAsync(ct);
    }
}

internal static class DatabaseClock
{
    /// <summary>The database's clock, UTC: leases never depend on the clock of an instance.</summary>
    public static async Task<DateTime> NowAsync(this PortalDbContext db, CancellationToken ct) =>
        DateTime.SpecifyKind((await db.Database.SqlQuery<DateTime>($"SELECT UTC_TIMESTAMP(3) AS Value").ToListAsync(ct))[0], DateTimeKind.Utc);
}
