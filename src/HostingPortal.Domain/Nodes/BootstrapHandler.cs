using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// From an order to a Project Master that manages its project: server, hardening and executor by <c>bootstrap-master.yml</c> from the Primary, then content, the
/// project's key and vault password, and its inventory, one way. Repeated, it brings the master to the newest content and touches no node.
/// </summary>
internal sealed class BootstrapHandler(OrderSteps steps, RunPlaces places, MasterHandover handover, IDbContextFactory<PortalDbContext> contexts) : IRunHandler
{
    public RunKind Kind => RunKind.Bootstrap;

    public Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct) => steps.RunAsync(run, Playbooks.BootstrapMaster, () => FinishAsync(run, ct), ct);

    private async Task FinishAsync(RunContext run, CancellationToken ct)
    {
        var place = await places.OfProjectAsync(run.Run.ProjectId, ct);
        var info = await run.StepAsync("content", () => place.Executor.EnsureReadyAsync(line => _ = run.LineAsync(line, run.Stopping), ct), ct);
        await run.StepAsync("hand-over", () => handover.RunAsync(place, ct), ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.ProjectMasters.Where(m => m.ProjectId == run.Run.ProjectId).ExecuteUpdateAsync(m => m.SetProperty(x => x.ContentVersion, info.ContentVersion), ct);
    }
}
