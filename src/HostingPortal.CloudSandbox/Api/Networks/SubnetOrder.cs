using System.Net;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Networks;

/// <summary>A subnet as asked for; without a range it gets the first free /24.</summary>
internal sealed record SubnetOrder(string? Type, string? IpRange, string? NetworkZone, long? VswitchId)
{
    private const int MaxSubnets = 50;
    private static readonly string[] Types = ["cloud", "server", "vswitch"];
    private static readonly string[] Zones = [.. Catalogue.Locations.Select(location => location.NetworkZone).Distinct()];

    public static SubnetOrder Read(Body body)
    {
        var order = new SubnetOrder(
            body.OneOf("type", Types, required: true),
            body.Text("ip_range"),
            body.OneOf("network_zone", Zones, required: true),
            body.Number("vswitch_id"));
        if (order.IpRange is not null && Cidrs.ParseIpv4(order.IpRange) is null)
        {
            body.Reject("ip_range", "is not an IPv4 range");
        }

        return order;
    }

    /// <summary>Places the subnet in the network; it is not yet added.</summary>
    /// <exception cref="ApiException"><c>invalid_input</c> when it lies outside the network or over another subnet or a route.</exception>
    public Subnet Fit(Network network)
    {
        if (network.Subnets.Count >= MaxSubnets)
        {
            throw ApiErrors.LimitReached("subnets", "a network has at most 50 subnets");
        }

        var whole = IPNetwork.Parse(network.IpRange);
        var taken = network.Subnets.Select(s => IPNetwork.Parse(s.IpRange)).ToList();
        var text = IpRange ?? Cidrs.FirstFree24(whole, taken) ?? throw ApiErrors.InvalidInput("ip_range", "no free /24 is left in the network");
        var range = IPNetwork.Parse(text);
        if (!Cidrs.Contains(whole, range) || range.PrefixLength > 30)
        {
            throw ApiErrors.InvalidInput("ip_range", "must lie inside the network and be at most a /30");
        }

        return taken.Exists(t => Cidrs.Overlap(t, range))
            ? throw ApiErrors.InvalidInput("ip_range", "overlaps another subnet")
            : new Subnet(Type!, text, NetworkZone!, VswitchId);
    }
}
