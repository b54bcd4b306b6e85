using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Infrastructure.Tests.Hetzner;

/// <summary>The client as the portal composes it, with short pauses.</summary>
internal static class CloudRig
{
    public static ServiceProvider Services(string endpoint, TimeSpan? tryTimeout = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Hetzner:Endpoint"] = endpoint,
            ["Hetzner:RetryPause"] = "00:00:00.010",
            ["Hetzner:PollPause"] = "00:00:00.020",
            ["Hetzner:TryTimeout"] = (tryTimeout ?? TimeSpan.FromSeconds(10)).ToString(),
        };
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddHetzner()
            .BuildServiceProvider();
    }

    public static IServerCloud Cloud(string endpoint) => Services(endpoint).GetRequiredService<IServerCloud>();

    public static CloudLabels Labels(string id = "n-1", string operation = "r-1", string instance = "i-1") =>
        new(instance, id, operation, "c-1", "p-1", "node", "wanted");

    public static CloudServerOrder Order(string name = "n-1", CloudLabels? labels = null) => new(
        name, "cpx22", "fsn1", "debian-13", [], [], "#cloud-config\n", labels ?? Labels(), EnableIpv4: true, EnableIpv6: true, NetworkIds: []);
}
