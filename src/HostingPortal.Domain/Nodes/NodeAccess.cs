using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// Keys, firewalls and networks at Hetzner. Direct: SSH from the Primary's executor. Managed: SSH to the master from the Primary alone; to the other nodes from
/// nowhere outside, since their master reaches them over the private network, which Hetzner's firewalls do not filter and the nodes' own rules do.
/// </summary>
internal sealed class NodeAccess(
    IDbContextFactory<PortalDbContext> contexts, IServerCloud cloud, IExecutors executors, INodeTemplates templates, IOptions<PortalOptions> options)
{
    private static readonly string[] Everywhere = ["0.0.0.0/0", "::/0"];

    public async Task<CloudAccess> EnsureAsync(Secret token, Run run, string nodeId, CancellationToken ct)
    {
        var info = await executors.Primary.EnsureReadyAsync(_ => { }, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.FirstAsync(p => p.Id == run.ProjectId, ct);
        var master = await db.ProjectMasters.FirstOrDefaultAsync(m => m.ProjectId == run.ProjectId, ct);
        var node = await db.Nodes.FirstAsync(n => n.Id == nodeId, ct);
        var ofMaster = node.Template == NodeTemplate.ProjectMaster;
        var joins = master is not null && (ofMaster || project.Mode == ProjectMode.Managed);
        if (joins)
        {
            var zone = (await cloud.GetCatalogAsync(token, ct)).Locations.First(l => l.Name == node.Location).NetworkZone;
            master!.CloudNetworkId = await cloud.EnsureNetworkAsync(token, $"portal-{project.Id}", zone, Labels(project.Id), ct);
        }

        var id = ofMaster ? master!.InventoryId : project.Id;
        var keyId = await cloud.EnsureSshKeyAsync(token, $"portal-{id}", ofMaster ? master!.PublicKey : project.SshPublicKey, Labels(id), ct);
        var firewallId = await cloud.EnsureFirewallAsync(token, $"portal-{id}", Rules(node.Template, SshFrom(info, node, project.Mode)), Labels(id), ct);
        if (ofMaster)
        {
            (master!.CloudSshKeyId, master.CloudFirewallId) = (keyId, firewallId);
        }
        else
        {
            (project.CloudSshKeyId, project.CloudFirewallId) = (keyId, firewallId);
        }

        await db.SaveChangesAsync(ct);
        return new CloudAccess(keyId, firewallId, joins ? master!.CloudNetworkId : null);

        CloudLabels Labels(string label) => new(options.Value.Instance, label, run.Key, project.ClientId, project.Id);
    }

    /// <summary>Lets the Primary's executor reach SSH on the nodes of a managed project, as far as Hetzner's firewall goes, or keeps it out again.</summary>
    public async Task SetPrimarySshAsync(Secret token, Run run, bool open, CancellationToken ct)
    {
        var info = await executors.Primary.EnsureReadyAsync(_ => { }, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == run.ProjectId, ct);
        var ids = run.Nodes.Select(n => n.NodeId).ToList();
        var template = await db.Nodes.Where(n => ids.Contains(n.Id)).Select(n => n.Template).FirstAsync(ct);
        var labels = new CloudLabels(options.Value.Instance, project.Id, run.Key, project.ClientId, project.Id);
        await cloud.EnsureFirewallAsync(token, $"portal-{project.Id}", Rules(template, open ? info.Addresses : []), labels, ct);
    }

    /// <summary>Brings the run's nodes into the project's private network, or out of it, and keeps their addresses there.</summary>
    public async Task SetNetworkAsync(Secret token, Run run, bool inside, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var network = await db.ProjectMasters.Where(m => m.ProjectId == run.ProjectId).Select(m => m.CloudNetworkId).FirstOrDefaultAsync(ct);
        var ids = run.Nodes.Select(n => n.NodeId).ToList();
        foreach (var node in await db.Nodes.Where(n => ids.Contains(n.Id) && n.CloudServerId != null).OrderBy(n => n.Id).ToListAsync(ct))
        {
            if (inside)
            {
                node.PrivateIpv4 = await cloud.JoinNetworkAsync(token, node.CloudServerId!.Value, network!.Value, ct);
            }
            else if (network is { } left)
            {
                await cloud.LeaveNetworkAsync(token, node.CloudServerId!.Value, left, ct);
                node.PrivateIpv4 = null;
            }

            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>Deletes a key that was replaced; the next order brings the new one there.</summary>
    public async Task ForgetKeyAsync(Secret token, string projectId, bool ofMaster, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.FirstAsync(p => p.Id == projectId, ct);
        var master = ofMaster ? await db.ProjectMasters.FirstAsync(m => m.ProjectId == projectId, ct) : null;
        if ((master is null ? project.CloudSshKeyId : master.CloudSshKeyId) is not { } id)
        {
            return;
        }

        await cloud.DeleteSshKeyAsync(token, id, ct);
        if (master is null)
        {
            project.CloudSshKeyId = null;
        }
        else
        {
            master.CloudSshKeyId = null;
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Deletes what a project has at Hetzner besides servers; called when its last server is gone.</summary>
    public async Task TidyAsync(Secret token, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.FirstAsync(p => p.Id == projectId, ct);
        await DeleteAsync(token, project.CloudFirewallId, project.CloudSshKeyId, ct);
        (project.CloudFirewallId, project.CloudSshKeyId) = (null, null);
        await db.SaveChangesAsync(ct);
        await TidyMasterAsync(token, projectId, ct);
    }

    /// <summary>Deletes what belongs to a project's master at Hetzner besides its server; a project that is direct again forgets its keys, too.</summary>
    public async Task TidyMasterAsync(Secret token, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.ProjectMasters.Include(m => m.Project).FirstOrDefaultAsync(m => m.ProjectId == projectId, ct) is not { } master)
        {
            return;
        }

        await DeleteAsync(token, master.CloudFirewallId, master.CloudSshKeyId, ct);
        if (master.CloudNetworkId is { } network)
        {
            await cloud.DeleteNetworkAsync(token, network, ct);
        }

        (master.CloudFirewallId, master.CloudSshKeyId, master.CloudNetworkId) = (null, null, null);
        if (master.Project!.Mode == ProjectMode.Direct)
        {
            string?[] keys = [master.KeySecretId, master.NextKeySecretId, master.VaultSecretId];
            db.ProjectMasters.Remove(master);
            db.Secrets.RemoveRange(await db.Secrets.Where(s => keys.Contains(s.Id)).ToListAsync(ct));
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task DeleteAsync(Secret token, long? firewall, long? key, CancellationToken ct)
    {
        if (firewall is { } wall)
        {
            await cloud.DeleteFirewallAsync(token, wall, ct);
        }

        if (key is { } known)
        {
            await cloud.DeleteSshKeyAsync(token, known, ct);
        }
    }

    /// <summary>What Hetzner's firewalls let in to the run's servers and to their master, and what they should.</summary>
    public async Task<IReadOnlyList<CloudReach>> ListReachAsync(Secret token, Run run, CancellationToken ct)
    {
        var info = await executors.Primary.EnsureReadyAsync(_ => { }, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var mode = await db.Projects.Where(p => p.Id == run.ProjectId).Select(p => p.Mode).FirstAsync(ct);
        var ids = run.Nodes.Select(n => n.NodeId).ToList();
        var nodes = await db.Nodes.AsNoTracking()
            .Where(n => n.ProjectId == run.ProjectId && n.CloudServerId != null && n.State != NodeState.Removing && n.State != NodeState.Removed)
            .Where(n => ids.Contains(n.Id)).OrderBy(n => n.Id).ToListAsync(ct);
        return await Task.WhenAll(nodes.Select(async n =>
            new CloudReach(n.Name, await cloud.GetServerRulesAsync(token, n.CloudServerId!.Value, ct), Rules(n.Template, SshFrom(info, n, mode)))));
    }

    private IReadOnlyList<string> SshFrom(ExecutorInfo info, Node node, ProjectMode mode) =>
        node.Template == NodeTemplate.ProjectMaster ? [.. info.Addresses, .. options.Value.Addresses] : mode == ProjectMode.Managed ? [] : info.Addresses;

    private List<CloudFirewallRule> Rules(string template, IReadOnlyList<string> ssh)
    {
        var rules = templates.All.First(t => t.Name == template).Ports.Select(p => new CloudFirewallRule("in", p.Protocol, p.Port, Everywhere, p.Description)).ToList();
        if (ssh.Count > 0)
        {
            rules.Add(new CloudFirewallRule("in", "tcp", "22", ssh, "SSH from the executor"));
        }

        rules.Add(new CloudFirewallRule("in", "icmp", null, Everywhere, "ping"));
        return rules;
    }
}

/// <summary>Hetzner's ids of what a server is ordered with.</summary>
internal sealed record CloudAccess(long KeyId, long FirewallId, long? NetworkId);
