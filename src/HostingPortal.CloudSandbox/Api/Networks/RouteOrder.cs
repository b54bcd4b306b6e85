using System.Net;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Networks;

/// <summary>Routes of a network: traffic for <c>destination</c> goes to <c>gateway</c>, an address inside the network.</summary>
internal static class RouteOrder
{
    private const int MaxRoutes = 100;

    public static NetworkRoute Read(Body body)
    {
        var destination = body.Text("destination", required: true);
        var gateway = body.Text("gateway", required: true);
        if (destination is not null && Cidrs.ParseIpv4(destination) is null)
        {
            body.Reject("destination", "is not an IPv4 range");
        }

        if (gateway is not null && !IPAddress.TryParse(gateway, out _))
        {
            body.Reject("gateway", "is not an IP address");
        }

        return new NetworkRoute(destination ?? "", gateway ?? "");
    }

    public static void RequireValid(Network network, NetworkRoute route)
    {
        var whole = IPNetwork.Parse(network.IpRange);
        if (network.Routes.Count >= MaxRoutes)
        {
            throw ApiErrors.LimitReached("routes", "a network has at most 100 routes");
        }

        if (!whole.Contains(IPAddress.Parse(route.Gateway)) || route.Gateway == Attachments.Gateway(network) || route.Gateway == Attachments.Reserved)
        {
            throw ApiErrors.InvalidInput("gateway", "must be an address of the network other than its own gateway");
        }

        var destination = IPNetwork.Parse(route.Destination);
        if (network.Subnets.Exists(s => Cidrs.Overlap(IPNetwork.Parse(s.IpRange), destination) && destination.PrefixLength > 0))
        {
            throw ApiErrors.InvalidInput("destination", "overlaps a subnet of the network");
        }

        if (network.Routes.Exists(r => r.Destination == route.Destination))
        {
            throw ApiErrors.InvalidInput("destination", "has a route already");
        }
    }
}
