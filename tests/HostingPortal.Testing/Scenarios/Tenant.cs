using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Testing.Scenarios;

/// <summary>
/// A client with all that hangs on it, made through the services. Everything a person named carries <see cref="Marker"/>, so that a text from here is
/// recognised wherever it turns up.
/// </summary>
public sealed class Tenant
{
    public static readonly Actor Admin = new("u-admin", "Ada Admin", PortalRole.Admin, new Dictionary<string, ClientRole>());

    public static readonly Actor Support = new("u-support", "Sue Support", PortalRole.Support, new Dictionary<string, ClientRole>());

    private readonly Instance portal;

    private Tenant(Instance portal, string marker, string clientId, string accountId)
    {
        this.portal = portal;
        Marker = marker;
        ClientId = clientId;
        AccountId = accountId;
        Owner = new Actor($"u-{marker}-owner", $"Olga {marker}", PortalRole.Client, new Dictionary<string, ClientRole> { [clientId] = ClientRole.Owner });
        Member = new Actor($"u-{marker}-member", $"Mia {marker}", PortalRole.Client, new Dictionary<string, ClientRole> { [clientId] = ClientRole.Member });
    }

    public string Marker { get; }

    public string ClientId { get; }

    public string AccountId { get; }

    public Actor Owner { get; }

    public Actor Member { get; }

    public string ProjectId { get; private set; } = "";

    public string NodeId { get; private set; } = "";

    public string SiteId { get; private set; } = "";

    public string NameId { get; private set; } = "";

    /// <summary>The provision run, ended.</summary>
    public long RunId { get; private set; }

    public string MainName => $"www.{Marker}.example";

    /// <summary>Client, account with budget, zone and project; no node yet.</summary>
    public static async Task<Tenant> CreateAsync(Instance portal, string marker, CancellationToken ct, decimal? budget = null)
    {
        var client = await portal.Get<ClientService>().CreateAsync(Admin, new CreateClient($"{marker} limited"), ct);
        var account = await portal.Get<AccountService>().CreateAsync(Admin, new CreateAccount($"account of {marker}", NewToken()), ct);
        await portal.Get<AccountService>().AllotAsync(Admin, account, client.Id, budget, ct);
        await portal.Get<NameService>().AllotZoneAsync(Admin, account, $"{marker}.example", client.Id, ct);
        var tenant = new Tenant(portal, marker, client.Id, account);
        tenant.ProjectId = await tenant.AddProjectAsync("shop", ct);
        return tenant;
    }

    /// <summary>The same with a node that is ready and a site that is online.</summary>
    public static async Task<Tenant> CreateRunningAsync(Instance portal, string marker, CancellationToken ct)
    {
        var tenant = await CreateAsync(portal, marker, ct);
        (tenant.NodeId, tenant.RunId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", ct);
        await portal.WorkOffAsync(ct);
        tenant.SiteId = await tenant.AddSiteAsync(tenant.ProjectId, tenant.MainName, ct);
        await portal.WorkOffAsync(ct);
        tenant.NameId = (await portal.Get<SiteQueries>().GetAsync(Admin, tenant.SiteId, ct)).Names[0].NameId;
        return tenant;
    }

    public async Task<string> AddProjectAsync(string name, CancellationToken ct) =>
        (await portal.Get<ProjectService>().CreateAsync(Owner, new CreateProject(ClientId, AccountId, $"{Marker}-{name}"), ct)).Id;

    public async Task<(string NodeId, long RunId)> OrderNodeAsync(string projectId, string name, CancellationToken ct)
    {
        var ordered = await portal.Get<NodeService>().OrderAsync(Owner, Order(projectId, name), ct);
        return (ordered.NodeId, ordered.RunId);
    }

    public OrderNode Order(string projectId, string name, string type = "cx23") => new(projectId, $"{Marker}-{name}", "web", type, "fsn1", "debian-13", null);

    public async Task<string> AddSiteAsync(string projectId, string name, CancellationToken ct) =>
        (await portal.Get<SiteService>().CreateAsync(Owner, new CreateSite(projectId, null, [name], SiteKind.Static), ct)).SiteId;

    private static string NewToken() => Domain.Ids.RandomText(64);
}
