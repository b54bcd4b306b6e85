using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Pricing;

/// <summary>GET /pricing, one answer without pages.</summary>
internal sealed class PricingResource(ServerTypeCatalogue types) : IApiResource
{
    private const decimal Ipv4Net = 0.50m;
    private const decimal FloatingIpv4Net = 3.00m;
    private const decimal FloatingIpv6Net = 1.00m;

    public void Map(ApiRoutes routes) => routes.Get("/pricing", call => Reply.Ok(new { Pricing = View(call.World) }));

    private object View(World world) => new
    {
        Currency = "EUR",
        Catalogue.VatRate,
        PrimaryIps = new[] { PrimaryIp("ipv4", Ipv4Net), PrimaryIp("ipv6", 0) },
        FloatingIps = new[] { FloatingIp("ipv4", FloatingIpv4Net), FloatingIp("ipv6", FloatingIpv6Net) },
        FloatingIp = new { PriceMonthly = Prices.Amount(FloatingIpv4Net) },
        Image = new { PricePerGbMonth = Prices.Amount(0.0110m) },
        Volume = new { PricePerGbMonth = Prices.Amount(0.0440m) },
        ServerBackup = new { Percentage = "20.0000000000" },
        ServerTypes = types.All.Select(type => new
        {
            type.Id, type.Name, Prices = type.Locations.Select(location => Prices.OfServerType(world, type, location)).ToArray(),
        }).ToArray(),
        LoadBalancerTypes = Array.Empty<object>(),
    };

    private static object PrimaryIp(string type, decimal net) => new
    {
        Type = type, Prices = Catalogue.Locations.Select(location => Prices.HourlyAndMonthly(location.Name, net)).ToArray(),
    };

    private static object FloatingIp(string type, decimal net) => new
    {
        Type = type, Prices = Catalogue.Locations.Select(location => new { Location = location.Name, PriceMonthly = Prices.Amount(net) }).ToArray(),
    };
}
