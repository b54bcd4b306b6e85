using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Runs that follow one by themselves, on the same nodes.</summary>
internal sealed class FollowUp(IDbContextFactory<PortalDbContext> contexts, RunQueue queue)
{
    /// <summary>Queues one run for each job, in this order, once however often it is called for the run before.</summary>
    public async Task QueueAsync(Run run, IReadOnlyList<string> jobs, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        if (await db.Runs.AnyAsync(r => r.ProjectId == run.ProjectId && r.Job == jobs[0] && r.Id > run.Id, ct))
        {
            return;
        }

        var nodes = run.Nodes.Select(n => (n.NodeId, n.Name)).ToList();
        var next = jobs.Select(job => queue.Add(db, new RunOrder(Actor.System, RunKind.Task, RunWish.Converge, run.ClientId, run.ProjectId, nodes, Job: job))).ToList();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        next.ForEach(queue.Announce);
    }
}
