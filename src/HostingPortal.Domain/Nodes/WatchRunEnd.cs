using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>A node that was removed must not be looked after by its master's timer any more: the master is told by a run.</summary>
internal sealed class WatchRunEnd(IDbContextFactory<PortalDbContext> contexts, RunQueue queue) : IRunEnd
{
    public async Task EndingAsync(Run run, RunOutcome outcome, CancellationToken ct)
    {
        if (run.Kind != RunKind.Decommission || outcome.State != RunState.Succeeded)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var master = await db.Nodes.AsNoTracking().FirstOrDefaultAsync(
            n => n.ProjectId == run.ProjectId && n.Template == NodeTemplate.ProjectMaster && n.ReadyAt != null && n.State != NodeState.Removing && n.State != NodeState.Removed, ct);
        if (master is null || await db.Runs.AnyAsync(r => r.ProjectId == run.ProjectId && r.Job == RunJobs.Watch && r.State == RunState.Queued, ct))
        {
            return;
        }

        var next = queue.Add(db, new RunOrder(Actor.System, RunKind.Task, RunWish.Converge, run.ClientId, run.ProjectId, [(master.Id, master.Name)], Job: RunJobs.Watch));
        await db.SaveChangesAsync(ct);
        queue.Announce(next);
    }
}
