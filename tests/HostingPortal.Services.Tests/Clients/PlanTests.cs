using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Clients;

public sealed class PlanTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_OverTheNumberOfNodes_IsRefusedAlsoForTwoAtOnce()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        await SetAsync(portal, tenant, new ClientQuota(null, 1, null, null));
        var tries = await Task.WhenAll(new[] { "web-1", "web-2", "web-3" }.Select(name => CodeAsync(() => tenant.OrderNodeAsync(tenant.ProjectId, name, Ct))));
        Assert.Equal([null, "Quota.Nodes", "Quota.Nodes"], tries.Order());
    }

    [Fact]
    public async Task Order_OverTheMoney_NamesLimitAndSum()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        await SetAsync(portal, tenant, new ClientQuota(null, null, null, 1m));
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct));
        Assert.Equal(("Quota.Monthly", 1m), (refusal.Code, refusal.Values["max"]));
        Assert.True((decimal)refusal.Values["after"]! > 1m);
    }

    [Fact]
    public async Task Create_OverProjectsOrSites_IsRefused()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await SetAsync(portal, tenant, new ClientQuota(1, null, 1, null));
        Assert.Equal("Quota.Projects", await CodeAsync(() => tenant.AddProjectAsync("second", Ct)));
        Assert.Equal("Quota.Sites", await CodeAsync(() => tenant.AddSiteAsync(tenant.ProjectId, "blog.alfa.example", Ct)));
        await SetAsync(portal, tenant, new ClientQuota(2, null, 2, null));
        await tenant.AddProjectAsync("second", Ct);
        await tenant.AddSiteAsync(tenant.ProjectId, "blog.alfa.example", Ct);
    }

    [Fact]
    public async Task Suspended_PeopleReadButChangeNothing_UntilResumed()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var plans = portal.Get<SuspensionService>();
        Assert.Empty(await plans.SuspendAsync(Tenant.Admin, tenant.ClientId, "Invoice 17 is open.", sitesServe: true, Ct));
        var owner = (await portal.Get<ActorService>().FindAsync(tenant.Owner.UserId!, Ct))!;
        Assert.NotNull(await portal.Get<SiteQueries>().GetAsync(owner, tenant.SiteId, Ct));
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().ConvergeAsync(owner, tenant.NodeId, Ct));
        Assert.Equal(("Access.Suspended", "Invoice 17 is open."), (refusal.Code, refusal.Values["reason"]));
        await plans.ResumeAsync(Tenant.Admin, tenant.ClientId, Ct);
        owner = (await portal.Get<ActorService>().FindAsync(tenant.Owner.UserId!, Ct))!;
        await portal.Get<NodeService>().ConvergeAsync(owner, tenant.NodeId, Ct);
    }

    [Fact]
    public async Task Suspended_WithItsSites_ServesThemAgainWhenResumed()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { applied = new[] { tenant.SiteId } });
        Assert.Single(await portal.Get<SuspensionService>().SuspendAsync(Tenant.Admin, tenant.ClientId, "Invoice 17 is open.", sitesServe: false, Ct));
        await portal.WorkOffAsync(Ct);
        Assert.Equal(SiteState.Suspended, (await portal.Get<SiteQueries>().GetAsync(Tenant.Admin, tenant.SiteId, Ct)).State);
        Assert.Single(await portal.Get<SuspensionService>().ResumeAsync(Tenant.Admin, tenant.ClientId, Ct));
        await portal.WorkOffAsync(Ct);
        Assert.Equal(SiteState.Online, (await portal.Get<SiteQueries>().GetAsync(Tenant.Admin, tenant.SiteId, Ct)).State);
    }

    private static Task SetAsync(Instance portal, Tenant tenant, ClientQuota quota) => portal.Get<ClientPlanService>().SetQuotaAsync(Tenant.Admin, tenant.ClientId, quota, Ct);

    private static async Task<string?> CodeAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (RuleViolationException refusal)
        {
            return refusal.Code;
        }
    }
}
