using System.Net;
using HostingPortal.Web.Tests.Support;
using Xunit;

namespace HostingPortal.Web.Tests.Hosting;

/// <summary>What a load balancer asks.</summary>
[Collection(PortalCollection.Name)]
public sealed class HealthTests(PortalHost host)
{
    [Fact]
    public async Task Healthz_ForAnybody_SaysOnlyThatItIsWell()
    {
        using var nobody = await host.ClientAsync(null);
        var answer = await nobody.GetAsync(new Uri("healthz", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
