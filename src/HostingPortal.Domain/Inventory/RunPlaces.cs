using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Inventory;

/// <summary>
/// Says for each run on which machine it executes: direct projects and Project Masters themselves from the Primary's executor, nodes of a managed project from
/// their master.
/// </summary>
public sealed class RunPlaces(IDbContextFactory<PortalDbContext> contexts, IExecutors executors, ISecretStore secrets, IOptions<PortalOptions> options)
{
    public IExecutor Primary => executors.Primary;

    /// <exception cref="OutsideException"><c>master.missing</c>: the project is managed and its master is not there.</exception>
    public async Task<RunPlace> OfAsync(Run run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == run.ProjectId, ct);
        var master = await db.ProjectMasters.AsNoTracking().FirstOrDefaultAsync(m => m.ProjectId == run.ProjectId, ct);
        var nodes = run.Nodes.Select(n => n.NodeId).ToList();
        if (master is not null && await db.Nodes.AnyAsync(n => nodes.Contains(n.Id) && n.Template == NodeTemplate.ProjectMaster, ct))
        {
            return new RunPlace(
                master.InventoryId, OfMaster: true, executors.Primary, Master: null,
                await OpenAsync(db, master.KeySecretId, ct), await OpenAsync(db, master.VaultSecretId, ct), options.Value.Addresses);
        }

        return await OfNodesAsync(db, project, master, ct);
    }

    /// <summary>Where plays on the project's nodes execute.</summary>
    public async Task<RunPlace> OfProjectAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        return await OfNodesAsync(db, project, await db.ProjectMasters.AsNoTracking().FirstOrDefaultAsync(m => m.ProjectId == projectId, ct), ct);
    }

    private async Task<RunPlace> OfNodesAsync(PortalDbContext db, Project project, ProjectMaster? master, CancellationToken ct)
    {
        var (key, vault) = (await OpenAsync(db, project.SshKeySecretId, ct), await OpenAsync(db, project.VaultSecretId, ct));
        if (master is null)
        {
            return new RunPlace(project.Id, OfMaster: false, executors.Primary, Master: null, key, vault, []);
        }

        var (address, privateIpv4) = await FindAsync(db, master, ct);
        return new RunPlace(project.Id, OfMaster: false, executors.At(address), address, key, vault, [$"{privateIpv4}/32"]);
    }

    private async Task<(ExecutorAddress Address, string PrivateIpv4)> FindAsync(PortalDbContext db, ProjectMaster master, CancellationToken ct)
    {
        var node = await db.Nodes.AsNoTracking()
            .FirstOrDefaultAsync(n => n.ProjectId == master.ProjectId && n.Template == NodeTemplate.ProjectMaster && n.State != NodeState.Removed && n.CloudServerId != null, ct);
        return node is { PublicIpv4: { } host, PrivateIpv4: { } inside, HostKey: { } hostKey }
            ? (new ExecutorAddress(host, new[] { hostKey, node.NextHostKey }.OfType<string>().ToList(), await OpenAsync(db, master.KeySecretId, ct)), inside)
            : throw new OutsideException("master.missing", "the project is managed and has no Project Master");
    }

    private async Task<Secret> OpenAsync(PortalDbContext db, string secretId, CancellationToken ct) =>
        secrets.Open(await db.Secrets.AsNoTracking().FirstAsync(s => s.Id == secretId, ct));
}
