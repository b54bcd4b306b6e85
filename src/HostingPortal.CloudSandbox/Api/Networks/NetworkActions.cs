using System.Net;
using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Networks;

internal sealed class NetworkActions : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/networks/{id}/actions/add_subnet", AddSubnet);
        routes.Post("/networks/{id}/actions/delete_subnet", DeleteSubnet);
        routes.Post("/networks/{id}/actions/add_route", AddRoute);
        routes.Post("/networks/{id}/actions/delete_route", DeleteRoute);
        routes.Post("/networks/{id}/actions/change_ip_range", ChangeIpRange);
        routes.Post("/networks/{id}/actions/change_protection", ChangeProtection);
    }

    private static Reply AddSubnet(ApiCall call)
    {
        var network = NetworkResource.FindIdle(call);
        var order = SubnetOrder.Read(call.Body);
        call.Body.Check();
        var subnet = order.Fit(network);
        return Apply(call, network, "add_subnet", () => network.Subnets.Add(subnet));
    }

    private static Reply DeleteSubnet(ApiCall call)
    {
        var network = NetworkResource.FindIdle(call);
        var text = call.Body.Text("ip_range", required: true);
        call.Body.Check();
        var subnet = network.Subnets.Find(s => s.IpRange == text) ?? throw ApiErrors.NotFound("subnet", text!);
        var range = IPNetwork.Parse(subnet.IpRange);
        var used = call.Project.Servers.SelectMany(s => s.Networks).Any(n => n.NetworkId == network.Id && range.Contains(IPAddress.Parse(n.Ip)));
        return used
            ? throw ApiErrors.Unprocessable("resource_in_use", "servers have addresses in the subnet")
            : Apply(call, network, "delete_subnet", () => network.Subnets.Remove(subnet));
    }

    private static Reply AddRoute(ApiCall call)
    {
        var network = NetworkResource.FindIdle(call);
        var route = RouteOrder.Read(call.Body);
        call.Body.Check();
        RouteOrder.RequireValid(network, route);
        return Apply(call, network, "add_route", () => network.Routes.Add(route));
    }

    private static Reply DeleteRoute(ApiCall call)
    {
        var network = NetworkResource.FindIdle(call);
        var route = RouteOrder.Read(call.Body);
        call.Body.Check();
        return network.Routes.Contains(route)
            ? Apply(call, network, "delete_route", () => network.Routes.Remove(route))
            : throw ApiErrors.NotFound("route", route.Destination);
    }

    private static Reply ChangeIpRange(ApiCall call)
    {
        var network = NetworkResource.FindIdle(call);
        var range = Cidrs.ParseIpv4(call.Body.Text("ip_range", required: true));
        call.Body.Check();
        if (range is null || !Cidrs.IsPrivate(range.Value) || !Cidrs.Contains(range.Value, IPNetwork.Parse(network.IpRange)))
        {
            throw ApiErrors.InvalidInput("ip_range", "can only be extended, to a private IPv4 range");
        }

        return Apply(call, network, "change_ip_range", () => network.IpRange = range.Value.ToString());
    }

    private static Reply ChangeProtection(ApiCall call)
    {
        var network = NetworkResource.FindIdle(call);
        var protect = call.Body.Flag("delete") ?? network.DeleteProtected;
        call.Body.Check();
        return Apply(call, network, "change_protection", () => network.DeleteProtected = protect);
    }

    private static Reply Apply(ApiCall call, Network network, string command, Action change)
    {
        call.Effect(change);
        return ActionViews.Created(call.Start(command, [new(network.Id, "network")]));
    }
}
