using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Nodes;

/// <summary>Sold out at the moment of the order: the next of the chain is taken, once, at its price, or the run stops and asks.</summary>
public sealed class FallbackTests(MariaDbFixture server)
{
    private static readonly OutsideException SoldOut = new("hetzner.resource_unavailable", "cx23 in fsn1");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SoldOut_WithAChain_TakesTheNextAndPaysItsPrice()
    {
        await using var world = await WorldAsync();
        await using var portal = world.Start();
        var (tenant, node) = await OrderAsync(world, portal, new NodeFallback("cx33", "fsn1", 6.50m));
        var stored = await NodeAsync(world, node);
        Assert.Equal(("cx33", "fsn1", 6.50m, NodeState.Ready, 0), (stored.ServerType, stored.Location, stored.MonthlyPrice, stored.State, stored.Fallbacks.Count));
        Assert.Equal("cx33", Assert.Single(world.Cloud.Orders).Value.ServerType);
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(1, await db.Changes.CountAsync(c => c.Verb == "node.next-choice" && c.ObjectId == node && c.ClientId == tenant.ClientId, Ct));
    }

    [Fact]
    public async Task SoldOut_WithoutAChain_StopsAndAsks()
    {
        await using var world = await WorldAsync();
        await using var portal = world.Start();
        var (_, node) = await OrderAsync(world, portal);
        var stored = await NodeAsync(world, node);
        Assert.Equal((NodeState.NeedsDecision, "hetzner.resource_unavailable"), (stored.State, stored.StateReason));
        Assert.Empty(world.Cloud.Servers);
    }

    /// <summary>A price that rose between the click and the order is one nobody agreed to.</summary>
    [Fact]
    public async Task SoldOut_NextIsDearerThanAgreed_IsPassedOver()
    {
        await using var world = await WorldAsync();
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var order = tenant.Order(tenant.ProjectId, "web") with { Fallbacks = [new NodeFallback("cx33", "fsn1", 6.50m), new NodeFallback("cx43", "fsn1", 9.50m)] };
        var ordered = await portal.Get<NodeService>().OrderAsync(tenant.Owner, order, Ct);
        world.Cloud.Catalog = Catalog(cx33: 8m);
        world.Cloud.Fails = ("CreateServer", SoldOut);
        await portal.WorkOffAsync(Ct);
        Assert.Equal("cx43", (await NodeAsync(world, ordered.NodeId)).ServerType);
    }

    [Theory]
    [InlineData("cx23", "fsn1", 4.50, "Node.Fallbacks")]
    [InlineData("cx11", "fsn1", 2.50, "Node.TypeTooSmall")]
    [InlineData("cx33", "nbg1", 6.50, "Node.TypeNotThere")]
    [InlineData("nothing", "fsn1", 6.50, "Node.TypeNotThere")]
    [InlineData("cx33", "fsn1", 6.40, "Node.PriceMoved")]
    public async Task Order_ChainThatCannotBe_IsRefused(string type, string place, double monthly, string code)
    {
        await using var world = await WorldAsync();
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var order = tenant.Order(tenant.ProjectId, "web") with { Fallbacks = [new NodeFallback(type, place, (decimal)monthly)] };
        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(tenant.Owner, order, Ct))).Code);
    }

    [Fact]
    public async Task Order_DearestOfTheChainPassesTheBudget_IsRefused()
    {
        await using var world = await WorldAsync();
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct, budget: 6m);
        var order = tenant.Order(tenant.ProjectId, "web");
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(tenant.Owner, order with { Fallbacks = [new NodeFallback("cx33", "fsn1", 6.50m)] }, Ct));
        Assert.Equal(("Node.OverBudget", 6.50m), (refused.Code, refused.Values["after"]));
        Assert.NotEmpty((await portal.Get<NodeService>().OrderAsync(tenant.Owner, order, Ct)).NodeId);
    }

    private async Task<World> WorldAsync()
    {
        var world = await World.CreateAsync(server, Ct);
        world.Cloud.Catalog = Catalog();
        return world;
    }

    private static async Task<(Tenant Tenant, string NodeId)> OrderAsync(World world, Instance portal, params NodeFallback[] chain)
    {
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var ordered = await portal.Get<NodeService>().OrderAsync(tenant.Owner, tenant.Order(tenant.ProjectId, "web") with { Fallbacks = chain }, Ct);
        world.Cloud.Fails = ("CreateServer", SoldOut);
        await portal.WorkOffAsync(Ct);
        return (tenant, ordered.NodeId);
    }

    private static async Task<Node> NodeAsync(World world, string id)
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Nodes.AsNoTracking().SingleAsync(n => n.Id == id, Ct);
    }

    private static CloudCatalog Catalog(decimal cx33 = 6m) => new(
        DateTimeOffset.UnixEpoch, "EUR", [new CloudLocation("fsn1", "Falkenstein", "DE", "eu-central")],
        [Type("cx23", 4, 4m), Type("cx33", 8, cx33), Type("cx43", 16, 9m), Type("cx11", 1, 2m)], ["debian-13"], 0.50m, 20m);

    private static CloudServerType Type(string name, decimal memory, decimal monthly) => new(1, name, "x86", "shared", 2, memory, 40, [new CloudOffer("fsn1", true, 0.01m, monthly, 20_000, 1m)]);
}
