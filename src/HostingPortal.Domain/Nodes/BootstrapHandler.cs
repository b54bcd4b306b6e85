using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// From an order to a Project Master that manages its project: server, hardening and executor by <c>bootstrap-master.yml</c> from the Primary, then content, the
/// project's key and vault password, and its inventory, one way. Repeated, it brings the master to the newest content and touches no node. In the place of a lost
/// master its nodes are recovered next, by a run of its own.
/// </summary>
internal sealed class BootstrapHandler(OrderSteps steps, RunPlaces places, MasterHandover handover, RunQueue queue, IDbContextFactory<PortalDbContext> contexts) : IRunHandler
{
    public RunKind Kind => RunKind.Bootstrap;

    public Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct) => steps.RunAsync(run, Playbooks.BootstrapMaster, () => FinishAsync(run, ct), ct);

    private async Task FinishAsync(RunContext run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == run.Run.ProjectId, ct);
        var place = await places.OfMasterAsync(project.Id, ct);
        var info = await run.StepAsync("content", () => place.Executor.EnsureReadyAsync(line => _ = run.LineAsync(line, run.Stopping), ct), ct);
        await db.NoteContentAsync(project.Id, info.ContentVersion, ct);
        if (project.Mode == ProjectMode.Managed)
        {
            await run.StepAsync("hand-over", () => handover.RunAsync(project.Id, place, ct), ct);
        }

        if (run.Run.Job == RunJobs.Rebuild || project.BecomesManaged)
        {
            await run.StepAsync("next", () => QueueNextAsync(db, run.Run, project.BecomesManaged ? RunJobs.Adopt : RunJobs.Recover, ct), ct);
        }
    }

    /// <summary>The project's nodes get to know this master. A project without any has nothing to wait for.</summary>
    private async Task QueueNextAsync(PortalDbContext db, Run run, string job, CancellationToken ct)
    {
        await using var transaction = await db.BeginAsync(ct);
        var nodes = await db.Nodes.AsNoTracking()
            .Where(n => n.ProjectId == run.ProjectId && n.Template != NodeTemplate.ProjectMaster && (n.CloudServerId != null || job == RunJobs.Adopt) && n.State != NodeState.Removing && n.State != NodeState.Removed)
            .OrderBy(n => n.Id).Select(n => new { n.Id, n.Name }).ToListAsync(ct);
        if (await db.Runs.AnyAsync(r => r.ProjectId == run.ProjectId && r.Job == job && r.Id > run.Id, ct))
        {
            return;
        }

        if (nodes.Count == 0)
        {
            await db.Projects.Where(p => p.Id == run.ProjectId).ExecuteUpdateAsync(p => p.SetProperty(x => x.Mode, ProjectMode.Managed), ct);
            await transaction.CommitAsync(ct);
            return;
        }

        var next = queue.Add(
            db, new RunOrder(Actor.System, RunKind.Task, RunWish.Converge, run.ClientId, run.ProjectId, nodes.Select(n => (n.Id, n.Name)).ToList(), Job: job));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(next);
    }
}
