using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Sites;

/// <summary>Names in a zone the portal keeps lead to their node once the node serves them, and no longer after the site is gone.</summary>
public sealed class SiteRecordsTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Site_ServedThenRemoved_ItsNamesLeadToTheNodeThenNowhere()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var node = Assert.Single(world.Cloud.Servers);
        Assert.Equal($"{node.PublicIpv4} {node.PublicIpv6}", world.Cloud.Addresses["www.alfa.example"]);

        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { removed = new[] { tenant.SiteId } });
        await portal.Get<SiteService>().DeleteAsync(tenant.Owner, tenant.SiteId, tenant.MainName, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal("", world.Cloud.Addresses["www.alfa.example"]);
    }

    [Fact]
    public async Task Site_NotServed_ItsNamesStayWhereTheyWere()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Fails(run, "no room");
        await tenant.AddSiteAsync(tenant.ProjectId, "new.alfa.example", Ct);
        await portal.WorkOffAsync(Ct);
        Assert.False(world.Cloud.Addresses.ContainsKey("new.alfa.example"));
    }

    [Fact]
    public async Task Zone_NotToBeReached_SaysWhichNameAndTheSiteStays()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Cloud.Fails = ("SetAddressRecords", new OutsideException("hetzner.unavailable", "503", transient: false));
        var site = await tenant.AddSiteAsync(tenant.ProjectId, "new.alfa.example", Ct);
        await portal.WorkOffAsync(Ct);
        await using var db = world.Database.CreateDbContext();
        var run = await db.Runs.AsNoTracking().OrderByDescending(r => r.Id).FirstAsync(Ct);
        Assert.Equal(RunState.PartlyFailed, run.State);
        Assert.Matches("DNS records of [a-z]+\\.alfa\\.example: hetzner\\.unavailable", run.ReasonDetail);
        Assert.True(await db.Sites.AnyAsync(s => s.Id == site, Ct));
    }
}
