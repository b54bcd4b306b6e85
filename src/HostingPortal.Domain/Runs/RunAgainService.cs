using System.Globalization;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Going on from a run that ended: its failed nodes alone, exactly the same once more, or what it would change now.</summary>
public sealed class RunAgainService(IDbContextFactory<PortalDbContext> contexts, RunQueue queue, TimeProvider time)
{
    /// <summary>Retries the nodes that failed, were not reached or never had their turn; the others are left alone. Returns the run to watch.</summary>
    public async Task<long> RetryFailedAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var run = await FindEndedAsync(db, actor, runId, ct);
        var failed = run.State == RunState.Succeeded ? [] : run.Nodes.Where(n => n.Failed > 0 || n.Unreachable || n.Ok + n.Changed == 0).ToList();
        if (failed.Count == 0)
        {
            throw new RuleViolationException("Run.NothingFailed", null, ("run", runId));
        }

        return await StartAsync(db, transaction, Order(actor, run, run.Kind, RunWish.Retry, failed), null, ct);
    }

    /// <summary>
    /// The same playbook, nodes, tags, inventory commit and content once more. Refused when something newer has been applied since: an old commit would bring back
    /// what was removed. Returns the new run.
    /// </summary>
    public async Task<long> RepeatAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var run = await FindEndedAsync(db, actor, runId, ct);
        RequireConverge(run);
        if (run.InventoryCommit is null)
        {
            throw new RuleViolationException("Run.NoCommit", null, ("run", runId));
        }

        foreach (var node in run.Nodes)
        {
            var applied = await db.Database.SqlQuery<long>($"SELECT AppliedRevision AS Value FROM nodes WHERE Id = {node.NodeId}").ToListAsync(ct);
            if (applied is [var revision] && revision > node.Revision)
            {
                throw new RuleViolationException("Run.CommitOlder", null, ("node", node.Name));
            }
        }

        return await StartAsync(db, transaction, Order(actor, run, run.Kind, RunWish.Repeat, run.Nodes), Same(run), ct);
    }

    /// <summary>What a converge like this one would change now: check mode, same nodes, nothing is written on them. Returns the new run.</summary>
    public async Task<long> CheckAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var run = await FindEndedAsync(db, actor, runId, ct);
        RequireConverge(run);
        return await StartAsync(db, transaction, Order(actor, run, RunKind.Check, RunWish.Check, run.Nodes), null, ct);
    }

    private static Action<Run> Same(Run run) => again =>
    {
        (again.InventoryCommit, again.InventoryParent, again.ContentVersion) = (run.InventoryCommit, run.InventoryParent, run.ContentVersion);
        (again.Playbook, again.Tags) = (run.Playbook, run.Tags);
        foreach (var node in again.Nodes)
        {
            node.Revision = run.Nodes.First(n => n.NodeId == node.NodeId).Revision;
        }
    };

    private static RunOrder Order(Actor actor, Run run, RunKind kind, RunWish wish, IEnumerable<RunNode> nodes) =>
        new(actor, kind, wish, run.ClientId, run.ProjectId, nodes.Select(n => (n.NodeId, n.Name)).ToList(), run.Id, run.Job);

    private async Task<long> StartAsync(
        PortalDbContext db, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, RunOrder order, Action<Run>? shape, CancellationToken ct)
    {
        var run = order is { Kind: RunKind.Converge, Wish: RunWish.Retry } ? (await queue.ConvergeAsync(db, order, ct))[^1] : queue.Add(db, order);
        shape?.Invoke(run);
        await db.SaveChangesAsync(ct);
        var number = run.Id.ToString(CultureInfo.InvariantCulture);
        db.Audit(order.Actor, time, "run." + order.Wish.ToString().ToLowerInvariant(), run.ClientId, new ObjectRef("run", run.Key, number), null, run.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(run);
        return run.Id;
    }

    private static void RequireConverge(Run run)
    {
        if (run.Kind is not (RunKind.Converge or RunKind.Check))
        {
            throw new RuleViolationException("Run.Kind", null, ("run", run.Id));
        }
    }

    private static async Task<Run> FindEndedAsync(PortalDbContext db, Actor actor, long runId, CancellationToken ct)
    {
        var run = actor.Visible(await db.Runs.AsNoTracking().Include(r => r.Nodes).FirstOrDefaultAsync(r => r.Id == runId, ct), r => r.ClientId);
        actor.RequireOperate(run.ClientId);

        return run.EndedAt is null ? throw new RuleViolationException("Run.NotEnded", null, ("run", runId)) : run;
    }
}
