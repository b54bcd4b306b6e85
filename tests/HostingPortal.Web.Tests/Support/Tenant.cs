using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Web.Tests.Support;

/// <summary>A client with everything it can have: people, account, project, node, name, site, and a run with a log.</summary>
internal sealed record Tenant(
    string Marker, string ClientId, string OwnerId, string AccountId, string ProjectId, string NodeId, string NameId, string SiteId, long RunId, long QueuedRunId, string BrokerPassword)
{
    public const string Password = "a sentence long enough 42";

    /// <param name="marker">Unique word that stands in everything this client owns.</param>
    public static async Task<Tenant> CreateAsync(PortalHost host, string marker, CancellationToken ct)
    {
        var client = await host.Get<ClientService>().CreateAsync(Actor.System, new CreateClient($"Client {marker}"), ct);
        var owner = await CreateUserAsync(host, $"owner@{marker}.example", PortalRole.Client, client.Id, ct);
        var account = await host.Get<AccountService>().CreateAsync(Actor.System, new CreateAccount($"Account {marker}", RandomNumberGenerator.GetHexString(64)), ct);
        await host.Get<AccountService>().AllotAsync(Actor.System, account, client.Id, 500, ct);
        await host.Get<NameService>().AllotZoneAsync(Actor.System, account, $"{marker}.example", client.Id, ct);
        var project = await host.Get<ProjectService>().CreateAsync(Actor.System, new CreateProject(client.Id, account, $"project-{marker}"), ct);
        var ordered = await host.Get<NodeService>().OrderAsync(Actor.System, new OrderNode(project.Id, $"node-{marker}", "lemp", "cx23", "fsn1", "debian-13", null), ct);
        var password = await SetReadyAsync(host, ordered.NodeId, ct);
        var site = await host.Get<SiteService>().CreateAsync(Actor.System, new CreateSite(project.Id, null, [$"www.{marker}.example"], SiteKind.Static), ct);
        var names = await host.Get<NameService>().ListAsync(Actor.System, client.Id, new PageQuery(), ct);
        await RunSeed.PlayAsync(host, ordered.RunId, marker, RunState.Succeeded, ct);
        return new Tenant(marker, client.Id, owner, account, project.Id, ordered.NodeId, names.Items[0].Id, site.SiteId, ordered.RunId, site.RunId, password);
    }

    public static async Task<string> CreateUserAsync(PortalHost host, string email, PortalRole role, string? clientId, CancellationToken ct)
    {
        var created = await host.Get<UserService>().CreateAsync(Actor.System, new CreateUser(email, $"Person {email}", role, clientId, clientId is null ? null : ClientRole.Owner), ct);
        return await host.Get<InvitationService>().AcceptAsync(created.Code, null, Password, ct);
    }

    private static async Task<string> SetReadyAsync(PortalHost host, string nodeId, CancellationToken ct)
    {
        var password = Ids.RandomText(40);
        await using var db = host.Database();
        var node = (await db.Nodes.FindAsync([nodeId], ct))!;
        node.State = NodeState.Ready;
        node.CloudServerId = 4711;
        node.PublicIpv4 = "192.0.2.7";
        node.BrokerHash = SHA256.HashData(Encoding.UTF8.GetBytes(password));
        await db.SaveChangesAsync(ct);
        return password;
    }
}
