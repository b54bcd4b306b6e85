using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Brings a Project Master to the content this portal ships; its nodes are not touched.</summary>
internal sealed class MasterContentJob(RunPlaces places, MasterHandover handover, IDbContextFactory<PortalDbContext> contexts) : IRunJob
{
    public string Name => RunJobs.Content;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var place = await places.OfMasterAsync(run.Run.ProjectId, ct);
        var info = await run.StepAsync("content", () => run.PatientlyAsync(() => place.Executor.EnsureReadyAsync(line => _ = run.LineAsync(line, run.Stopping), ct), ct), ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.NoteContentAsync(run.Run.ProjectId, info.ContentVersion, ct);
        await run.StepAsync("hand-over", () => handover.RunAsync(run.Run.ProjectId, place, ct), ct);
        await run.UpdateAsync(r => r.ContentVersion = info.ContentVersion, ct);
        return RunOutcome.Success;
    }
}
