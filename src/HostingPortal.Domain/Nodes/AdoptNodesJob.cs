using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// A direct project becomes managed with its nodes: they join the private network, let their new master in, and from then on it executes what is played on them. The way in from
/// outside is closed last, and the key the Primary had is replaced by a run of its own. Repeated, it goes on where it stopped.
/// </summary>
internal sealed class AdoptNodesJob(NodeOrder order, NodeAccess access, ConvergePlay play, RunPlaces places, MasterHandover handover, FollowUp next) : IRunJob
{
    public string Name => RunJobs.Adopt;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var token = await order.OpenTokenAsync(run.Run.ProjectId, ct);
        if (await order.ModeAsync(run.Run.ProjectId, ct) == ProjectMode.Direct)
        {
            await run.StepAsync("network", () => run.PatientlyAsync(() => JoinAsync(token, run.Run, ct), ct), ct);
            if (ConvergeOutcome.Outcome(await play.RunAsync(run, Playbooks.ApplyAccess, [], ct), []) is { State: not RunState.Succeeded } failed)
            {
                return failed;
            }

            await run.StepAsync(
                "manage", () => run.ChangeAsync(db => db.Projects.Where(p => p.Id == run.Run.ProjectId).ExecuteUpdateAsync(p => p.SetProperty(x => x.Mode, ProjectMode.Managed), ct), ct), ct);
        }

        await run.StepAsync("hand-over", async () => await handover.RunAsync(run.Run.ProjectId, await places.OfMasterAsync(run.Run.ProjectId, ct), ct), ct);
        await run.StepAsync("close", () => access.SetPrimarySshAsync(token, run.Run, open: false, ct), ct);
        await run.StepAsync("next", () => next.QueueAsync(run.Run, [RunJobs.RotateNodes], run.Stopping), run.Stopping);
        return RunOutcome.Success;
    }

    private async Task<bool> JoinAsync(Security.Secret token, Run run, CancellationToken ct)
    {
        await access.SetNetworkAsync(token, run, inside: true, ct);
        return true;
    }
}
