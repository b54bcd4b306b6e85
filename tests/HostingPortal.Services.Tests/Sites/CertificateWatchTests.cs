using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Sites;

public sealed class CertificateWatchTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tick_NodeRenewedByItself_TakesTheNewEndAndTellsNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var now = TimeProvider.System.GetUtcNow();
        await EndsAsync(world, now.AddDays(10).UtcDateTime);
        world.Outside.Answers[tenant.MainName] = new SiteAnswer(200, TimeSpan.Zero, now.AddDays(80), null);
        Assert.Equal(1, await portal.Get<CertificateWatch>().TickAsync(Ct));
        await using var db = world.Database.CreateDbContext();
        Assert.True((await db.Certificates.SingleAsync(Ct)).NotAfter > now.AddDays(79).UtcDateTime);
        Assert.False(await db.Notifications.AnyAsync(n => n.Kind == NotificationKind.CertificateEnding, Ct));
    }

    [Fact]
    public async Task Tick_EndsIndeedSoon_IsToldOnceHoweverManyLook()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await EndsAsync(world, TimeProvider.System.GetUtcNow().AddDays(10).UtcDateTime);
        await using var second = world.Start();
        Assert.Equal(1, (await Task.WhenAll(portal.Get<CertificateWatch>().TickAsync(Ct), second.Get<CertificateWatch>().TickAsync(Ct))).Sum());
        await using var db = world.Database.CreateDbContext();
        await db.Certificates.ExecuteUpdateAsync(c => c.SetProperty(x => x.CheckedAt, (DateTime?)null), Ct);
        Assert.Equal(1, await portal.Get<CertificateWatch>().TickAsync(Ct));
        var told = Assert.Single(await db.Notifications.Where(n => n.Kind == NotificationKind.CertificateEnding).ToListAsync(Ct));
        Assert.Equal((tenant.SiteId, tenant.MainName), (told.ObjectId, told.ObjectName));
    }

    private static async Task EndsAsync(World world, DateTime at)
    {
        await using var db = world.Database.CreateDbContext();
        await db.Certificates.ExecuteUpdateAsync(c => c.SetProperty(x => x.NotAfter, at).SetProperty(x => x.State, CertificateState.Valid), Ct);
    }
}
