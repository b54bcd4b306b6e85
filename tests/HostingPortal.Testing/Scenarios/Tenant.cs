using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Schedules;
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
        ReadOnly = new Actor($"u-{marker}-reader", $"Rita {marker}", PortalRole.Client, new Dictionary<string, ClientRole> { [clientId] = ClientRole.ReadOnly });
    }

    public string Marker { get; }

    public string ClientId { get; }

    public string AccountId { get; }

    public Actor Owner { get; }

    public Actor Member { get; }

    public Actor ReadOnly { get; }

    /// <summary>A person of the client, an open invitation and a session of the admin, as rows.</summary>
    public string OwnerPersonId => Owner.UserId!;

    public string InvitationId { get; private set; } = "";

    public string AdminSessionId { get; private set; } = "";

    public string ProjectId { get; private set; } = "";

    public string NodeId { get; private set; } = "";

    public string SiteId { get; private set; } = "";

    public string NameId { get; private set; } = "";

    /// <summary>Checks by night, one for each kind of actor that may remove one.</summary>
    public IReadOnlyList<string> ScheduleIds { get; private set; } = [];

    /// <summary>Webhooks of the project, one for each kind of actor that may remove one.</summary>
    public IReadOnlyList<string> ChannelIds { get; private set; } = [];

    /// <summary>Says that the node became ready.</summary>
    public long NotificationId { get; private set; }

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
        await tenant.AddPeopleAsync(ct);
        return tenant;
    }

    /// <summary>The owner, the member and the reader as people, so that what hangs on people has somewhere to hang.</summary>
    private async Task AddPeopleAsync(CancellationToken ct)
    {
        await using var db = portal.World.Database.CreateDbContext();
        if (await db.Users.FindAsync([Admin.UserId], ct) is null)
        {
            db.Users.Add(new PortalUser { Id = Admin.UserId!, UserName = "ada@staff.example", Email = "ada@staff.example", DisplayName = Admin.Name, Role = PortalRole.Admin });
        }

        foreach (var (actor, role) in new[] { (Owner, ClientRole.Owner), (Member, ClientRole.Member), (ReadOnly, ClientRole.ReadOnly) })
        {
            var email = $"{actor.UserId}@{Marker}.example";
            db.Users.Add(new PortalUser { Id = actor.UserId!, UserName = email, Email = email, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(), DisplayName = actor.Name, Role = PortalRole.Client });
            db.Memberships.Add(new Membership { ClientId = ClientId, UserId = actor.UserId!, Role = role });
        }

        await db.SaveChangesAsync(ct);
        InvitationId = (await portal.Get<TeamService>().InviteAsync(Owner, ClientId, new InvitePerson($"new@{Marker}.example", null, ClientRole.Member), ct)).Id;
        AdminSessionId = await portal.Get<SessionService>().StartAsync(Admin.UserId!, "Firefox, Linux", null, strong: true, ct);
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
        tenant.ScheduleIds = [await tenant.AddScheduleAsync("30 3 * * *", ct), await tenant.AddScheduleAsync("0 4 * * 1", ct), await tenant.AddScheduleAsync("0 5 1 * *", ct)];
        tenant.ChannelIds = [await tenant.AddChannelAsync("a", ct), await tenant.AddChannelAsync("b", ct), await tenant.AddChannelAsync("c", ct)];
        tenant.NotificationId = (await portal.Get<NotificationService>().ListAsync(tenant.Owner, new NotificationFilter(), new PageQuery(), ct)).Items[^1].Id;
        return tenant;
    }

    public async Task<string> AddChannelAsync(string host, CancellationToken ct, params NotificationKind[] events) =>
        (await portal.Get<ChannelService>().CreateAsync(
            Owner, ProjectId, new CreateChannel(ChannelKind.Webhook, $"https://{host}.{Marker}.example/hook?key=open-{Marker}", events.Length > 0 ? events : [NotificationKind.RunFailed]), ct)).Id;

    public Task<string> AddScheduleAsync(string cron, CancellationToken ct) =>
        portal.Get<ScheduleService>().CreateAsync(Owner, new CreateSchedule(ProjectId, null, Domain.Runs.RunKind.Check, cron, "Europe/Berlin"), ct);

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
