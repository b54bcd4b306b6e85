using HostingPortal.Domain.Dashboard;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Access;

/// <summary>What the steps to a client's first site count as done.</summary>
public sealed class FirstStepTests(MariaDbFixture server)
{
    [Fact]
    public async Task Figures_AllottedZone_IsADomainThatASiteCanHaveANameIn()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var world = await World.CreateAsync(server, ct);
        await using var portal = world.Start();
        var alfa = await Tenant.CreateAsync(portal, "alfa", ct);
        Assert.Equal(1, (await portal.Get<DashboardService>().GetFiguresAsync(alfa.Owner, ct)).Domains);
        await Tenant.CreateAsync(portal, "bravo", ct);
        Assert.Equal(1, (await portal.Get<DashboardService>().GetFiguresAsync(alfa.Owner, ct)).Domains);
    }
}
