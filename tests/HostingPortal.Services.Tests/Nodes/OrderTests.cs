using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Nodes;

public sealed class OrderTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The budget is the client's in an account, whatever the project: 3 × 4.50 fit into 14.</summary>
    [Fact]
    public async Task Order_ManyAtOnceInTwoProjects_NeverPassTheBudget()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct, budget: 14m);
        var projects = new[] { tenant.ProjectId, await tenant.AddProjectAsync("second", Ct) };
        var orders = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => TryAsync(portal, tenant, projects[i % 2], $"n{i}")));
        Assert.Equal(3, orders.Count(o => o.Length == 0));
        Assert.Equal(5, orders.Count(o => o == "Node.OverBudget"));
    }

    [Fact]
    public async Task Order_SameNameAtOnce_OnePasses()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var orders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryAsync(portal, tenant, tenant.ProjectId, "web")));
        Assert.Equal(["", "Node.NameTaken", "Node.NameTaken", "Node.NameTaken"], orders.Order());
    }

    [Fact]
    public async Task Order_OverBudget_OnlyAnAdminWithAReason()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct, budget: 1m);
        var order = tenant.Order(tenant.ProjectId, "web") with { OverBudgetReason = "the fair is tomorrow" };
        Assert.Equal("Node.OverBudget", (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(tenant.Owner, order, Ct))).Code);
        await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(Tenant.Admin, order with { OverBudgetReason = " " }, Ct));
        Assert.NotEmpty((await portal.Get<NodeService>().OrderAsync(Tenant.Admin, order, Ct)).NodeId);
    }

    [Fact]
    public async Task Order_WithBackupsAndProtection_BothAreSetPaidForAndGoWithTheNode()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        portal.Timers.PausesPass = true;
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct, budget: 5.30m);
        var order = tenant.Order(tenant.ProjectId, "web") with { Backups = true, Protected = true, ExpectedMonthly = 5.30m };
        var ordered = await portal.Get<NodeService>().OrderAsync(tenant.Owner, order, Ct);
        world.Cloud.Fails = ("EnableBackups", new OutsideException("hetzner.locked", "server is locked", transient: true));
        await portal.WorkOffAsync(Ct);

        var node = await portal.Get<NodeQueries>().GetAsync(tenant.Owner, ordered.NodeId, Ct);
        Assert.Equal((NodeState.Ready, 5.30m, true, true), (node.State, node.MonthlyPrice, node.Backups, node.Protected));
        var id = node.CloudServerId!.Value;
        Assert.Equal((true, true), (world.Cloud.BackedUp[id], world.Cloud.Guarded[id]));
        Assert.Contains((await portal.Get<RunService>().GetAsync(tenant.Owner, ordered.RunId, Ct)).Steps, step => step.Name == "extras");

        await portal.Get<NodeService>().DecommissionAsync(tenant.Owner, ordered.NodeId, node.Name, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Empty(world.Cloud.Servers);
        Assert.False(world.Cloud.Guarded[id]);
    }

    /// <summary>What somebody protected at Hetzner by hand is not the portal's to lift.</summary>
    [Fact]
    public async Task Order_WithoutExtras_NeitherIsTouched()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (nodeId, _) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await portal.WorkOffAsync(Ct);
        await portal.Get<NodeService>().DecommissionAsync(tenant.Owner, nodeId, "alfa-web", Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Empty(world.Cloud.BackedUp);
        Assert.Empty(world.Cloud.Guarded);
        Assert.Empty(world.Cloud.Servers);
    }

    /// <summary>The second try knows the server but not its actions: it waits for the server itself.</summary>
    [Fact]
    public async Task Retry_CreateActionFailed_WaitsUntilTheServerRuns()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        portal.Timers.PausesPass = true;
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var ordered = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        world.Cloud.Fails = ("Wait", new OutsideException("hetzner.action_failed", "start_server"));
        await portal.WorkOffAsync(Ct);
        Assert.Equal("hetzner.action_failed", (await portal.Get<RunService>().GetAsync(tenant.Owner, ordered.RunId, Ct)).Run.Reason);

        world.Cloud.StartingReads = 4;
        var again = await portal.Get<RunService>().RetryAsync(tenant.Owner, ordered.RunId, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal(RunState.Succeeded, (await portal.Get<RunService>().GetAsync(tenant.Owner, again, Ct)).Run.State);
        Assert.True(world.Cloud.StartingReads < 0, "nobody read the server until it ran");
        Assert.Single(world.Cloud.Servers);
    }

    [Fact]
    public async Task Decommission_BusyThenProtected_WaitsThenSaysSoAndGoesOnLater()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        portal.Timers.PausesPass = true;
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var node = (await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct)).NodeId;
        await portal.WorkOffAsync(Ct);
        world.Cloud.Fails = ("DeleteServer", new OutsideException("hetzner.protected", "delete protection"));
        var run = await portal.Get<NodeService>().DecommissionAsync(tenant.Owner, node, "alfa-web", Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal((RunState.Failed, "hetzner.protected"), await EndAsync(run));
        Assert.Single(world.Cloud.Servers);

        world.Cloud.Fails = ("DeleteServer", new OutsideException("hetzner.locked", "locked", transient: true));
        run = await portal.Get<RunService>().RetryAsync(tenant.Owner, run, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal((RunState.Succeeded, null), await EndAsync(run));
        Assert.Empty(world.Cloud.Servers);

        async Task<(RunState, string?)> EndAsync(long id)
        {
            var ended = (await portal.Get<RunService>().GetAsync(tenant.Owner, id, Ct)).Run;
            return (ended.State, ended.Reason);
        }
    }

    [Theory]
    [InlineData("cx11", "Node.TypeTooSmall")]
    [InlineData("cx99", "Node.SoldOut")]
    [InlineData("cx00", "Node.TypeUnknown")]
    public async Task Order_TypeThatDoesNotFit_IsRefused(string type, string code)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(tenant.Owner, tenant.Order(tenant.ProjectId, "web", type), Ct));
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Order_PriceMovedMeanwhile_IsRefusedWithBothPrices()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var order = tenant.Order(tenant.ProjectId, "web") with { ExpectedMonthly = 4.49m };
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(tenant.Owner, order, Ct));
        Assert.Equal(("Node.PriceMoved", 4.49m, 4.50m), (refused.Code, refused.Values["before"], refused.Values["now"]));
    }

    private static async Task<string> TryAsync(Instance portal, Tenant tenant, string projectId, string name)
    {
        try
        {
            await portal.Get<NodeService>().OrderAsync(tenant.Owner, tenant.Order(projectId, name), Ct);
            return "";
        }
        catch (RuleViolationException refused)
        {
            return refused.Code;
        }
    }
}
