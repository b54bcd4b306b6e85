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
        if (master is not null)
        {
            var zone = (await cloud.GetCatalogAsync(token, ct)).Locations.First(l => l.Name == node.Location).NetworkZone;
            master.CloudNetworkId = await cloud.EnsureNetworkAsync(token, $"portal-{project.Id}", zone, Labels(project.Id), ct);
        }

        var ofMaster = node.Template == NodeTemplate.ProjectMaster;
        var id = ofMaster ? master!.InventoryId : project.Id;
        var ssh = ofMaster ? [.. info.Addresses, .. options.Value.Addresses] : master is null ? info.Addresses : [];
        var keyId = await cloud.EnsureSshKeyAsync(token, $"portal-{id}", ofMaster ? master!.PublicKey : project.SshPublicKey, Labels(id), ct);
        var firewallId = await cloud.EnsureFirewallAsync(token, $"portal-{id}", Rules(templates.All.First(t => t.Name == node.Template), ssh), Labels(id), ct);
        if (ofMaster)
        {
            (master!.CloudSshKeyId, master.CloudFirewallId) = (keyId, firewallId);
        }
        else
        {
            (project.CloudSshKeyId, project.CloudFirewallId) = (keyId, firewallId);
        }

        await db.SaveChangesAsync(ct);
        return new CloudAccess(keyId, firewallId, master?.CloudNetworkId);

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
        await cloud.EnsureFirewallAsync(token, $"portal-{project.Id}", Rules(templates.All.First(t => t.Name == template), open ? info.Addresses : []), labels, ct);
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
        var master = await db.ProjectMasters.FirstOrDefaultAsync(m => m.ProjectId == projectId, ct);
        foreach (var firewall in new[] { project.CloudFirewallId, master?.CloudFirewallId }.OfType<long>())
        {
            await cloud.DeleteFirewallAsync(token, firewall, ct);
        }

        foreach (var key in new[] { project.CloudSshKeyId, master?.CloudSshKeyId }.OfType<long>())
        {
            await cloud.DeleteSshKeyAsync(token, key, ct);
        }

        (project.CloudFirewallId, project.CloudSshKeyId) = (null, null);
        if (master is not null)
        {
            if (master.CloudNetworkId is { } network)
            {
                await cloud.DeleteNetworkAsync(token, network, ct);
            }

            (master.CloudFirewallId, master.CloudSshKeyId, master.CloudNetworkId) = (null, null, null);
        }

        await db.SaveChangesAsync(ct);
    }

    private static List<CloudFirewallRule> Rules(NodeTemplate template, IReadOnlyList<string> ssh)
    {
        var rules = template.Ports.Select(p => new CloudFirewallRule("in", p.Protocol, p.Port, Everywhere, p.Description)).ToList();
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
