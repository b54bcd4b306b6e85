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
        if (run.Job == RunJobs.Recover)
        {
            return await OfLostMasterAsync(run.ProjectId, ct);
        }

        if (run.Job == RunJobs.Adopt)
        {
            return await OfComingMasterAsync(db, project, ct);
        }

        if (master is not null && await db.Nodes.AnyAsync(n => nodes.Contains(n.Id) && n.Template == NodeTemplate.ProjectMaster, ct))
        {
            var keys = new ProjectKeys(await OpenAsync(db, master.KeySecretId, ct), await OpenAsync(db, master.VaultSecretId, ct), await TryOpenAsync(db, master.NextKeySecretId, ct));
            return new RunPlace(master.InventoryId, OfMaster: true, executors.Primary, Master: null, keys, options.Value.Addresses);
        }

        return await OfNodesAsync(db, project, project.Mode == ProjectMode.Managed ? master : null, ct);
    }

    /// <summary>Where plays on the project's nodes execute.</summary>
    public async Task<RunPlace> OfProjectAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        var master = project.Mode == ProjectMode.Managed ? await db.ProjectMasters.AsNoTracking().FirstOrDefaultAsync(m => m.ProjectId == projectId, ct) : null;
        return await OfNodesAsync(db, project, master, ct);
    }

    /// <summary>Where plays execute when the nodes' master was lost: on the Primary, with the cold key, over public addresses. The new master's address is let in.</summary>
    /// <exception cref="OutsideException"><c>master.no-recovery</c>: the project's nodes have no cold key.</exception>
    public async Task<RunPlace> OfLostMasterAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        var master = await db.ProjectMasters.AsNoTracking().FirstAsync(m => m.ProjectId == projectId, ct);
        var (_, privateIpv4) = await FindAsync(db, master, ct);
        var cold = await TryOpenAsync(db, project.RecoveryKeySecretId, ct) ?? throw new OutsideException("master.no-recovery", "the project has no recovery key");
        return new RunPlace(
            project.Id, OfMaster: false, executors.Primary, Master: null, new ProjectKeys(cold, await OpenAsync(db, project.VaultSecretId, ct)), [$"{privateIpv4}/32"], Outside: true);
    }

    /// <summary>The project's master as a place, whether it manages the nodes already or not.</summary>
    public async Task<RunPlace> OfMasterAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        return await OfNodesAsync(db, project, await db.ProjectMasters.AsNoTracking().FirstAsync(m => m.ProjectId == projectId, ct), ct);
    }

    /// <summary>Where plays execute on nodes that get a master: on the Primary as before, over public addresses. The master's address is let in.</summary>
    private async Task<RunPlace> OfComingMasterAsync(PortalDbContext db, Project project, CancellationToken ct)
    {
        var (_, privateIpv4) = await FindAsync(db, await db.ProjectMasters.AsNoTracking().FirstAsync(m => m.ProjectId == project.Id, ct), ct);
        return (await OfNodesAsync(db, project, null, ct)) with { SshSources = [$"{privateIpv4}/32"], Outside = true };
    }

    private async Task<RunPlace> OfNodesAsync(PortalDbContext db, Project project, ProjectMaster? master, CancellationToken ct)
    {
        var keys = new ProjectKeys(await OpenAsync(db, project.SshKeySecretId, ct), await OpenAsync(db, project.VaultSecretId, ct), await TryOpenAsync(db, project.NextSshKeySecretId, ct));
        if (master is null)
        {
            return new RunPlace(project.Id, OfMaster: false, executors.Primary, Master: null, keys, []);
        }

        var (address, privateIpv4) = await FindAsync(db, master, ct);
        return new RunPlace(project.Id, OfMaster: false, executors.At(address), address, keys, [$"{privateIpv4}/32"]);
    }

    private async Task<(ExecutorAddress Address, string PrivateIpv4)> FindAsync(PortalDbContext db, ProjectMaster master, CancellationToken ct)
    {
        var node = await db.Nodes.AsNoTracking()
            .FirstOrDefaultAsync(n => n.ProjectId == master.ProjectId && n.Template == NodeTemplate.ProjectMaster && n.State != NodeState.Removing && n.State != NodeState.Removed && n.CloudServerId != null, ct);
        return node is { PublicIpv4: { } host, PrivateIpv4: { } inside, HostKey: { } hostKey }
            ? (new ExecutorAddress(host, new[] { hostKey, node.NextHostKey }.OfType<string>().ToList(), await OpenAsync(db, master.KeySecretId, ct), await TryOpenAsync(db, master.NextKeySecretId, ct)), inside)
            : throw new OutsideException("master.missing", "the project is managed and has no Project Master");
    }

    private async Task<Secret?> TryOpenAsync(PortalDbContext db, string? secretId, CancellationToken ct) => secretId is null ? null : await OpenAsync(db, secretId, ct);

    private async Task<Secret> OpenAsync(PortalDbContext db, string secretId, CancellationToken ct) =>
        secrets.Open(await db.Secrets.AsNoTracking().FirstAsync(s => s.Id == secretId, ct));
}
