using System.Globalization;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Search;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Search;

public sealed class SearchTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_WordsInAnyOrder_EachSomewhereOnThePath()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await Tenant.CreateRunningAsync(portal, "bravo", Ct);
        var node = await portal.Get<NodeQueries>().GetAsync(Tenant.Admin, tenant.NodeId, Ct);

        Assert.Equal([(SearchKind.Node, tenant.NodeId)], await FindAsync($"{node.Name} alfa-shop", SearchKind.Node));
        Assert.Equal([(SearchKind.Node, tenant.NodeId)], await FindAsync($"ALFA {node.Name[..2]}", SearchKind.Node));
        Assert.Equal([(SearchKind.Node, tenant.NodeId)], await FindAsync(node.PublicIpv4!, SearchKind.Node));
        Assert.Equal([(SearchKind.Site, tenant.SiteId)], await FindAsync(tenant.MainName, SearchKind.Site));
        Assert.Equal([(SearchKind.Run, tenant.RunId.ToString(CultureInfo.InvariantCulture))], await FindAsync(tenant.RunId.ToString(CultureInfo.InvariantCulture), SearchKind.Run));
        Assert.Empty(await FindAsync("alfa nowhere", SearchKind.Node));
        Assert.Empty(await portal.Get<SearchService>().FindAsync(Tenant.Admin, "  ", Ct));

        async Task<IEnumerable<(SearchKind, string)>> FindAsync(string text, SearchKind kind) =>
            (await portal.Get<SearchService>().FindAsync(Tenant.Admin, text, Ct)).Where(h => h.Kind == kind).Select(h => (h.Kind, h.Id)).ToList();
    }

    [Fact]
    public async Task Find_SignsOfPatterns_AreOrdinaryText()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        foreach (var text in new[] { "%", "_", "'", "\\", "a%a", "[a]", "\0" })
        {
            Assert.Empty(await portal.Get<SearchService>().FindAsync(Tenant.Admin, text, Ct));
        }
    }

    [Fact]
    public async Task Find_AsAClient_HidesCommitsAndClients()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var run = (await portal.Get<Domain.Runs.RunService>().GetAsync(Tenant.Admin, tenant.RunId, Ct)).Run;
        var search = portal.Get<SearchService>();
        Assert.Contains(await search.FindAsync(Tenant.Admin, run.InventoryCommit![..10], Ct), h => h.Kind == SearchKind.Run);
        Assert.Empty(await search.FindAsync(tenant.Owner, run.InventoryCommit![..10], Ct));
        Assert.DoesNotContain(await search.FindAsync(tenant.Owner, "alfa", Ct), h => h.Kind == SearchKind.Client);
    }
}
