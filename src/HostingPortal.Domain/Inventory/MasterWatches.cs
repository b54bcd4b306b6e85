using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Inventory;

/// <summary>Tells a Project Master which nodes its timer looks after while the portal is away, by which keys it knows them, and how.</summary>
public sealed class MasterWatches(IDbContextFactory<PortalDbContext> contexts, INodeTemplates templates)
{
    /// <summary>Its timer lets go of the project's nodes.</summary>
    public Task EndAsync(RunPlace place, string projectId, CancellationToken ct) =>
        place.Executor.WatchAsync(projectId, new ExecutorWatch(WatchMode.Off, templates.ContentVersion, Playbooks.Converge, [], ""), ct);

    /// <summary>Safe to repeat: the whole wish, each time, with the content the master has. A node belongs to it from its first play on, when it shows the key it keeps.</summary>
    public async Task SendAsync(RunPlace place, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var master = await db.ProjectMasters.AsNoTracking().FirstAsync(m => m.ProjectId == projectId, ct);
        var nodes = await db.Nodes.AsNoTracking()
            .Where(n => n.ProjectId == projectId && n.Template != NodeTemplate.ProjectMaster && n.HostKey != null && n.FirstHostKeySecretId == null && n.CloudServerId != null
                && n.State != NodeState.Removing && n.State != NodeState.Removed)
            .OrderBy(n => n.Id).Select(n => new { n.Id, n.HostKey, n.NextHostKey }).ToListAsync(ct);
        var known = string.Concat(nodes.SelectMany(n => new[] { n.HostKey, n.NextHostKey }.OfType<string>().Select(key => $"{n.Id} {key}\n")));
        await place.Executor.WatchAsync(projectId, new ExecutorWatch(master.Watch, master.ContentVersion ?? templates.ContentVersion, Playbooks.Converge, nodes.Select(n => n.Id).ToList(), known), ct);
    }
}
