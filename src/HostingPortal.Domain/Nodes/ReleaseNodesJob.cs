using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// A managed project becomes direct with its nodes: the Primary is let in, executes from then on what is played on them, and leaves their master out. What the master knew is replaced
/// by runs of their own; the master itself can be removed afterwards. Repeated, it goes on where it stopped.
/// </summary>
internal sealed class ReleaseNodesJob(NodeOrder order, NodeAccess access, ConvergePlay play, RunPlaces places, MasterWatches watches, FollowUp next) : IRunJob
{
    public string Name => RunJobs.Release;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var token = await order.OpenTokenAsync(run.Run.ProjectId, ct);
        var master = await places.OfMasterAsync(run.Run.ProjectId, ct);
        if (await order.ModeAsync(run.Run.ProjectId, ct) == ProjectMode.Managed)
        {
            await run.StepAsync("open", () => access.SetPrimarySshAsync(token, run.Run, open: true, ct), ct);
            await run.StepAsync("let-go", async () =>
            {
                await watches.EndAsync(master, run.Run.ProjectId, ct);
                await master.Executor.PrepareProjectAsync(master.InventoryId, null, ct);
            }, ct);
            await run.StepAsync("direct", () => run.ChangeAsync(db => SwitchAsync(db, run.Run, ct), ct), ct);
        }

        await run.StepAsync("network", () => access.SetNetworkAsync(token, run.Run, inside: false, ct), ct);
        if (ConvergeOutcome.Outcome(await play.RunAsync(run, Playbooks.ApplyAccess, [], ct), []) is { State: not RunState.Succeeded } failed)
        {
            return failed;
        }

        await run.StepAsync("next", () => next.QueueAsync(run.Run, [RunJobs.RotateNodes, RunJobs.RenewSecrets], run.Stopping), run.Stopping);
        return RunOutcome.Success;
    }

    /// <summary>The cold key was for the day the master is lost.</summary>
    private static async Task SwitchAsync(PortalDbContext db, Run run, CancellationToken ct)
    {
        var project = await db.Projects.FirstAsync(p => p.Id == run.ProjectId, ct);
        db.Secrets.RemoveRange(await db.Secrets.Where(s => s.Id == project.RecoveryKeySecretId).ToListAsync(ct));
        (project.Mode, project.RecoveryPublicKey, project.RecoveryKeySecretId) = (ProjectMode.Direct, null, null);
    }
}
