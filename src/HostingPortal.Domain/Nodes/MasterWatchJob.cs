using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Domain.Nodes;

/// <summary>Tells a Project Master what its timer does while the portal is away.</summary>
internal sealed class MasterWatchJob(RunPlaces places, MasterWatches watches) : IRunJob
{
    public string Name => RunJobs.Watch;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var place = await places.OfProjectAsync(run.Run.ProjectId, ct);
        await run.StepAsync("watch", () => watches.SendAsync(place, run.Run.ProjectId, ct), ct);
        return RunOutcome.Success;
    }
}
