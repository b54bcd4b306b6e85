using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// Nodes whose master was lost: Hetzner's firewall lets the Primary in for the time of one play, which comes with the cold key and tells the nodes where their new master
/// is. What the lost master knew is replaced next, by a run of its own.
/// </summary>
internal sealed class RecoverNodesJob(IDbContextFactory<PortalDbContext> contexts, NodeOrder order, NodeAccess access, ConvergePlay play, RunQueue queue) : IRunJob
{
    public string Name => RunJobs.Recover;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var token = await order.OpenTokenAsync(run.Run.ProjectId, ct);
        await run.StepAsync("open", () => access.SetPrimarySshAsync(token, run.Run, open: true, ct), ct);
        RunOutcome end;
        try
        {
            end = ConvergeOutcome.Outcome(await play.RunAsync(run, Playbooks.ApplyAccess, [], ct), []);
        }
        finally
        {
            await run.StepAsync("close", () => access.SetPrimarySshAsync(token, run.Run, open: false, run.Stopping), run.Stopping);
        }

        if (end.State == RunState.Succeeded)
        {
            await run.StepAsync("next", () => RotateNextAsync(run.Run, run.Stopping), run.Stopping);
        }

        return end;
    }

    /// <summary>The lost master had the project's key.</summary>
    private async Task RotateNextAsync(Run run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        if (await db.Runs.AnyAsync(r => r.ProjectId == run.ProjectId && r.Job == RunJobs.RotateNodes && r.Id > run.Id, ct))
        {
            return;
        }

        var nodes = run.Nodes.Select(n => (n.NodeId, n.Name)).ToList();
        var next = queue.Add(db, new RunOrder(Actor.System, RunKind.Task, RunWish.Converge, run.ClientId, run.ProjectId, nodes, Job: RunJobs.RotateNodes));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(next);
    }
}
