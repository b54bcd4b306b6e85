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
internal sealed class RecoverNodesJob(NodeOrder order, NodeAccess access, ConvergePlay play, FollowUp next) : IRunJob
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
            // The lost master had the project's key and its vault password, and so what the vaults hold.
            await run.StepAsync("next", () => next.QueueAsync(run.Run, [RunJobs.RotateNodes, RunJobs.RenewSecrets], run.Stopping), run.Stopping);
        }

        return end;
    }
}
