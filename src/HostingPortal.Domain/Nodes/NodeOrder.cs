using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
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

    public async Task<ProjectMode> ModeAsync(string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Projects.Where(p => p.Id == projectId).Select(p => p.Mode).FirstAsync(ct);
    }

    public async Task<long?> FindServerIdAsync(string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Nodes.Where(n => n.Id == nodeId).Select(n => n.CloudServerId).FirstAsync(ct);
    }

    /// <summary>What was ordered besides the server.</summary>
    public async Task<(bool Backups, bool Protected)> FindExtrasAsync(string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Nodes.Where(n => n.Id == nodeId).Select(n => ValueTuple.Create(n.Backups, n.Protected)).FirstAsync(ct);
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

    /// <summary>Buys the server, or the next of the node's chain where it is sold out.</summary>
    public Task<CloudServer> CreateAsync(Secret token, RunContext run, string nodeId, CloudAccess granted, CancellationToken ct) =>
        sources.Fallbacks.CreateAsync(token, run, nodeId, () => DescribeAsync(run.Run, nodeId, granted, ct), ct);

    private async Task<CloudServerOrder> DescribeAsync(Run run, string nodeId, CloudAccess granted, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await db.Nodes.AsNoTracking().Include(n => n.Project).FirstAsync(n => n.Id == nodeId, ct);
        var hostKey = secrets.Open(await db.Secrets.AsNoTracking().FirstAsync(s => s.Id == node.FirstHostKeySecretId, ct));

        // The operation is the first run of this order: a retry is a run of its own and has to recognise what the first one made.
        var operation = await db.Runs.AsNoTracking().Where(r => (r.Kind == RunKind.Provision || r.Kind == RunKind.Bootstrap) && r.Nodes.Any(n => n.NodeId == nodeId)).OrderBy(r => r.Id).Select(r => r.Key).FirstAsync(ct);
        var labels = new CloudLabels(options.Value.Instance, node.Id, operation, run.ClientId, run.ProjectId, node.Template, "provisioning");
        string?[] login = node.Template == NodeTemplate.ProjectMaster
            ? [await db.ProjectMasters.Where(m => m.ProjectId == node.ProjectId).Select(m => m.PublicKey).FirstAsync(ct)]
            : [node.Project!.SshPublicKey, node.Project.RecoveryPublicKey];
        return new CloudServerOrder(
            $"{node.Name}-{node.Id[^6..]}", node.ServerType, node.Location, node.Image, [granted.KeyId], [granted.FirewallId],
            CloudInit.For(node, login.OfType<string>().ToList(), hostKey), labels, EnableIpv4: true, EnableIpv6: true, granted.NetworkId is { } network ? [network] : []);
    }

    public async Task SaveServerAsync(string nodeId, CloudServer server, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Nodes.Where(n => n.Id == nodeId).ExecuteUpdateAsync(
            n => n.SetProperty(x => x.CloudServerId, server.Id).SetProperty(x => x.PublicIpv4, server.PublicIpv4).SetProperty(x => x.PublicIpv6, server.PublicIpv6)
                .SetProperty(x => x.PrivateIpv4, server.PrivateIpv4), ct);
    }

    /// <summary>A node whose first play did not make it ready waits for a person.</summary>
    public async Task SettleAsync(Run run, string nodeId, RunOutcome end, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var state = await db.Nodes.Where(n => n.Id == nodeId).Select(n => n.State).FirstAsync(ct);
        if (state == NodeState.Provisioning)
        {
            await SetStateAsync(nodeId, NodeState.NeedsDecision, end.Reason ?? "run.failed", ct);
            sources.Feed.Publish("node", nodeId, run.ClientId, run.ProjectId);
        }
    }

    public async Task SetStateAsync(string nodeId, NodeState state, string? reason, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var node = await db.Nodes.Include(n => n.Project).FirstAsync(n => n.Id == nodeId, ct);
        if (state == NodeState.NeedsDecision && node.State != state)
        {
            await db.NotifyAsync(time, NodeNotices.Of(NotificationKind.NodeNeedsCare, node, node.Project!.ClientId, reason), ct);
        }

        (node.State, node.StateReason, node.StateSince) = (state, reason, time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}

/// <summary>What an order takes from elsewhere.</summary>
internal sealed record NodeOrderSources(IKeyGenerator Keys, ChangeFeed Feed, NodeFallbacks Fallbacks);
