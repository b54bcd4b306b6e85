using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Who works on which run. Claims are rows under <c>FOR UPDATE SKIP LOCKED</c> with a lease in database time; each claim raises the epoch. A node has at most one
/// lock row, so two runs never work on it together, on however many instances.
/// </summary>
internal sealed class RunClaims(IDbContextFactory<PortalDbContext> contexts, IOptions<PortalOptions> options)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <summary>Name of this instance in the rows.</summary>
    public string Owner { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Ids.RandomText(6)}";

    /// <summary>The next run this instance may work on, or null.</summary>
    public async Task<Run?> ClaimAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var id = await AbandonedAsync(db, ct) ?? await QueuedAsync(db, ct);
        if (id is null)
        {
            return null;
        }

        var run = await db.Runs.Include(r => r.Nodes).FirstAsync(r => r.Id == id, ct);
        if (run.State == RunState.Queued)
        {
            db.NodeLocks.AddRange(run.Nodes.Select(n => new NodeLock { NodeId = n.NodeId, RunId = run.Id }));
            run.State = RunState.Running;
            run.StartedAt = await db.NowAsync(ct);
        }

        run.Epoch++;
        run.Owner = Owner;
        run.LeaseUntil = await db.NowAsync(ct) + Lease;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Another instance took a node of this run between the look and the lock; the next turn sees it.
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
                .SetProperty(x => x.EndedAt, now).SetProperty(x => x.LeaseUntil, (DateTime?)null), ct);
        if (ended > 0)
        {
            await db.NodeLocks.Where(l => l.RunId == run.Id).ExecuteDeleteAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return ended > 0;
    }

    private static async Task<long?> AbandonedAsync(PortalDbContext db, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<long>(
            $"SELECT Id AS Value FROM runs WHERE State IN ('Running', 'Canceling') AND LeaseUntil < UTC_TIMESTAMP(3) ORDER BY Id LIMIT 1 FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Oldest first among clients below their cap, whoever runs least first: no client starves another.</summary>
    private async Task<long?> QueuedAsync(PortalDbContext db, CancellationToken ct)
    {
        var cap = options.Value.MaxRunsPerClient;
        var found = await db.Database.SqlQuery<long>(
            $"""
             SELECT r.Id AS Value FROM runs r
             WHERE r.State = 'Queued' AND (r.NotBefore IS NULL OR r.NotBefore <= UTC_TIMESTAMP(3))
               AND NOT EXISTS (SELECT 1 FROM run_nodes n JOIN node_locks l ON l.NodeId = n.NodeId WHERE n.RunId = r.Id)
               AND (SELECT COUNT(*) FROM runs o WHERE o.ClientId = r.ClientId AND o.State IN ('Running', 'Canceling')) < {cap}
             ORDER BY (SELECT COUNT(*) FROM runs o WHERE o.ClientId = r.ClientId AND o.State IN ('Running', 'Canceling')), r.Id
             LIMIT 1 FOR UPDATE SKIP LOCKED
             """).ToListAsync(ct);
        return found.Count > 0 ? found[0] : null;
    }
}

internal static class DatabaseClock
{
    /// <summary>The database's clock, UTC: leases never depend on the clock of an instance.</summary>
    public static async Task<DateTime> NowAsync(this PortalDbContext db, CancellationToken ct) =>
        DateTime.SpecifyKind((await db.Database.SqlQuery<DateTime>($"SELECT UTC_TIMESTAMP(3) AS Value").ToListAsync(ct))[0], DateTimeKind.Utc);
}
