using HostingPortal.Domain;
using HostingPortal.Web.Hosting;
using HostingPortal.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Web.Tests.Hosting;

[Collection(PortalCollection.Name)]
public sealed class DrainTests(PortalHost host)
{
    [Fact]
    public async Task Health_OnceThePortalIsToldToEnd_SaysSoWhileItGoesOnForTheTimeSet()
    {
        var drain = new Drain(Options.Create(new PortalOptions { DrainSeconds = 1 }), TimeProvider.System);
        var health = new Health(host.Get<IDbContextFactory<Domain.Persistence.PortalDbContext>>(), drain);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(health)).Status);
        var stopping = drain.StoppingAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(health)).Status);
        Assert.False(stopping.IsCompleted);
        await stopping;
    }

    private static Task<HealthCheckResult> CheckAsync(Health health) => health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
}
