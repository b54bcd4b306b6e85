using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using HostingPortal.Infrastructure.Seeding;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Seeding;

public sealed class LargeSeedTests(MariaDbFixture server)
{
    private static readonly SeedSize Small = new(4, 10, 50, 200);

    private static readonly FakeSecrets Secrets = new(TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Seed_IntoAnEmptyPortal_MakesWhatItSaysOnce()
    {
        await using var world = await World.CreateAsync(server, Ct);
        var seed = new LargeSeed(world.Database, Secrets, TimeProvider.System);
        await seed.RunAsync(Small, _ => { }, Ct);
        await using var db = world.Database.CreateDbContext();
        Assert.Equal((4, 10, 20, 50, 200), (await db.Clients.CountAsync(Ct), await db.Projects.CountAsync(Ct), await db.Nodes.CountAsync(Ct), await db.Sites.CountAsync(Ct), await db.Runs.CountAsync(Ct)));
        Secrets.Open(await db.Secrets.SingleAsync(Ct)); // As every start does.
        await Assert.ThrowsAsync<InvalidOperationException>(() => seed.RunAsync(SeedSize.Large, _ => { }, Ct));
    }

    /// <summary>What needs care first, then the newest; every run on one page and none on two, however the pages are cut.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Runs_PageByPage_AreAllThereOnceWithFailedOnesFirst(int pageSize)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        await new LargeSeed(world.Database, Secrets, TimeProvider.System).RunAsync(Small, _ => { }, Ct);
        var runs = new List<RunRow>();
        for (var page = 1; runs.Count < Small.Runs; page++)
        {
            var read = await portal.Get<RunService>().ListAsync(Tenant.Support, new RunFilter(), new PageQuery(Page: page, PageSize: pageSize), Ct);
            Assert.Equal(Small.Runs, read.Total);
            Assert.NotEmpty(read.Items);
            runs.AddRange(read.Items);
        }

        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)(n * 20)).OrderDescending(), runs.Take(10).Select(r => r.Id));
        Assert.Equal(runs.Skip(10).Select(r => r.Id).OrderDescending(), runs.Skip(10).Select(r => r.Id));
        Assert.Equal(Small.Runs, runs.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public async Task Sites_Searched_AreFoundByNameAndByProjectWithinTheOwn()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        await new LargeSeed(world.Database, Secrets, TimeProvider.System).RunAsync(Small, _ => { }, Ct);
        var owner = new Actor("u-1", "Ann", PortalRole.Client, new Dictionary<string, ClientRole> { ["c-0000000000000001"] = ClientRole.Owner });
        var sites = portal.Get<SiteQueries>();
        Assert.Equal(["www.site-00021.example"], (await sites.ListAsync(owner, null, null, new PageQuery("site-00021"), Ct)).Items.Select(s => s.MainName));
        Assert.Empty((await sites.ListAsync(owner, null, null, new PageQuery("site-00022"), Ct)).Items);
        Assert.Equal(5, (await sites.ListAsync(owner, null, null, new PageQuery("project-0005"), Ct)).Total);
        Assert.Single((await portal.Get<CertificateQueries>().ListAsync(owner, null, null, new PageQuery("site-00021"), Ct)).Items);
    }
}
