using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Nodes;

/// <summary>The parts of an order: what is made at Hetzner for a node, and what is kept about it.</summary>
internal sealed class NodeOrder(
    IDbContextFactory<PortalDbContext> contexts, ISecretStore secrets, IServerCloud cloud, NodeOrderSources sources, IOptions<PortalOptions> options, TimeProvider time)
{
    public async Task<Secret> OpenTokenAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var stored = await db.Projects.AsNoTracking().Where(p => p.Id == projectId).Select(p => p.Account!.Token).FirstAsync(ct);
        return secrets.Open(stored!);
    }

    public async Task<long?> FindServerIdAsync(string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Nodes.Where(n => n.Id == nodeId).Select(n => n.CloudServerId).FirstAsync(ct);
    }

    /// <summary>A server that carries the node's label although its id was never stored: the order's answer was lost.</summary>
    public async Task<long?> FindUnknownServerAsync(Secret token, string nodeId, CancellationToken ct) =>
        (await cloud.ListServersAsync(token, options.Value.Instance, ct)).FirstOrDefault(s => s.Labels.GetValueOrDefault("portal-id") == nodeId)?.Id;

    /// <summary>Orders go on for nodes that are still wanted; a repeated order of a removed node would buy a server nobody sees.</summary>
    public async Task RequireWantedAsync(string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Nodes.AnyAsync(n => n.Id == nodeId && (n.State == NodeState.Removing || n.State == NodeState.Removed), ct))
        {
            throw new OutsideException("node.removed", "the node is being removed or is gone");
        }
    }

    /// <summary>Host key for the first contact, broker credential and database password; made once.</summary>
    public async Task EnsureSecretsAsync(string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await db.Nodes.FirstAsync(n => n.Id == nodeId, ct);
        if (node.HostKey is not null)
        {
            return;
        }

        var pair = await sources.Keys.CreateSshKeyAsync(nodeId, ct);
        var hostKey = secrets.Seal(nodeId, "first-host-key", pair.PrivateKey);
        var credential = Ids.RandomText(40);
        var broker = secrets.Seal(nodeId, "broker-password", new Secret(credential));
        var database = secrets.Seal(nodeId, "database-password", new Secret(Ids.RandomText(40)));
        db.Secrets.AddRange(hostKey, broker, database);
        node.HostKey = string.Join(' ', pair.PublicKey.Split(' ').Take(2));
        node.FirstHostKeySecretId = hostKey.Id;
        node.BrokerSecretId = broker.Id;
        node.BrokerHash = SHA256.HashData(Encoding.UTF8.GetBytes(credential));
        node.DatabaseSecretId = database.Id;
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The project's SSH key and firewall at Hetzner: SSH from the executor alone, the template's ports from everywhere.</summary>
    public async Task<(long KeyId, long FirewallId)> EnsureAccessAsync(Secret token, Run run, string nodeId, CancellationToken ct)
    {
        var info = await sources.Executor.EnsureReadyAsync(_ => { }, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await db.Projects.FirstAsync(p => p.Id == run.ProjectId, ct);
        var node = await db.Nodes.FirstAsync(n => n.Id == nodeId, ct);
        var template = sources.Templates.All.First(t => t.Name == node.Template);
        var labels = new CloudLabels(options.Value.Instance, project.Id, run.Key, project.ClientId, project.Id);
        var keyId = await cloud.EnsureSshKeyAsync(token, $"portal-{project.Id}", project.SshPublicKey, labels, ct);
        string[] everywhere = ["0.0.0.0/0", "::/0"];
        var rules = template.Ports.Select(p => new CloudFirewallRule("in", p.Protocol, p.Port, everywhere, p.Description))
            .Append(new CloudFirewallRule("in", "tcp", "22", info.Addresses, "SSH from the executor"))
            .Append(new CloudFirewallRule("in", "icmp", null, everywhere, "ping")).ToList();
        var firewallId = await cloud.EnsureFirewallAsync(token, $"portal-{project.Id}", rules, labels, ct);
        project.CloudSshKeyId = keyId;
        project.CloudFirewallId = firewallId;
        await db.SaveChangesAsync(ct);
        return (keyId, firewallId);
    }

    public async Task<CloudServerOrder> DescribeAsync(Run run, string nodeId, long keyId, long firewallId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await db.Nodes.AsNoTracking().Include(n => n.Project).FirstAsync(n => n.Id == nodeId, ct);
        var hostKey = secrets.Open(await db.Secrets.AsNoTracking().FirstAsync(s => s.Id == node.FirstHostKeySecretId, ct));

        // The operation is the first run of this order: a retry is a run of its own and has to recognise what the first one made.
        var operation = await db.Runs.AsNoTracking().Where(r => r.Kind == RunKind.Provision && r.Nodes.Any(n => n.NodeId == nodeId)).OrderBy(r => r.Id).Select(r => r.Key).FirstAsync(ct);
        var labels = new CloudLabels(options.Value.Instance, node.Id, operation, run.ClientId, run.ProjectId, node.Template, "provisioning");
        return new CloudServerOrder(
            $"{node.Name}-{node.Id[^6..]}", node.ServerType, node.Location, node.Image, [keyId], [firewallId],
            CloudInit.For(node, node.Project!.SshPublicKey, hostKey), labels, EnableIpv4: true, EnableIpv6: true);
    }

    public async Task SaveServerAsync(string nodeId, CloudServer server, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Nodes.Where(n => n.Id == nodeId).ExecuteUpdateAsync(
            n => n.SetProperty(x => x.CloudServerId, server.Id).SetProperty(x => x.PublicIpv4, server.PublicIpv4).SetProperty(x => x.PublicIpv6, server.PublicIpv6), ct);
    }

    public async Task SetStateAsync(string nodeId, NodeState state, string? reason, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Nodes.Where(n => n.Id == nodeId).ExecuteUpdateAsync(
            n => n.SetProperty(x => x.State, state).SetProperty(x => x.StateReason, reason).SetProperty(x => x.StateSince, time.GetUtcNow().UtcDateTime), ct);
    }
}

/// <summary>What an order takes from elsewhere.</summary>
internal sealed record NodeOrderSources(IKeyGenerator Keys, IExecutor Executor, INodeTemplates Templates);
