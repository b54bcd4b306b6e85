using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>How a project's master is right now, asked on the machine itself.</summary>
public sealed class MasterQueries(IDbContextFactory<PortalDbContext> contexts, RunPlaces places, INodeTemplates templates)
{
    public async Task<MasterCare> GetAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        actor.Visible(await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, ct), p => p.ClientId);
        if (await db.ProjectMasters.AsNoTracking().FirstOrDefaultAsync(m => m.ProjectId == projectId, ct) is not { } master)
        {
            return new MasterCare(WatchMode.Off, null, "master.missing", false);
        }

        try
        {
            var place = await places.OfMasterAsync(projectId, ct);
            var health = await place.Executor.GetHealthAsync(ct);
            return new MasterCare(master.Watch, health, null, health.ContentVersion == templates.ContentVersion);
        }
        catch (OutsideException error)
        {
            return new MasterCare(master.Watch, null, error.Code, false);
        }
    }
}
