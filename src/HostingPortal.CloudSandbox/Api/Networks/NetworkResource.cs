using System.Net;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Networks;

internal sealed class NetworkResource(IMachineHost machines) : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/networks", call => call.Page(
            "networks", call.Filter(call.Project.Networks), n => View(call.Project, n), SortFields.Common<Network>()));
        routes.Post("/networks", Create);
        routes.Get("/networks/{id}", call => Reply.Ok(new { Network = View(call.Project, Find(call)) }));
        routes.Put("/networks/{id}", Update);
        routes.Delete("/networks/{id}", Delete);
    }

    public static Network Find(ApiCall call) => call.Project.Networks.ById(call.Id, "network");

    /// <summary>Finds the network to change and refuses while another change runs.</summary>
    public static Network FindIdle(ApiCall call)
    {
        var network = Find(call);
        return call.IsBusy("network", network.Id) ? throw ApiErrors.Conflict("another change of the network is running") : network;
    }

    private static Reply Create(ApiCall call)
    {
        var body = call.Body;
        var name = body.Text("name", required: true, max: 128);
        var range = Cidrs.ParseIpv4(body.Text("ip_range", required: true));
        if (body.Has("ip_range") && (range is null || !Cidrs.IsPrivate(range.Value)))
        {
            body.Reject("ip_range", "must be a private IPv4 range");
        }

        var labels = body.Labels() ?? [];
        var subnets = body.Objects("subnets", SubnetOrder.Read) ?? [];
        var routes = body.Objects("routes", RouteOrder.Read) ?? [];
        var expose = body.Flag("expose_routes_to_vswitch") ?? false;
        body.Check();
        call.Project.Networks.RequireFreeName(name, "network");
        var network = new Network
        {
            Id = call.World.NewId(),
            Name = name!,
            Created = call.Now,
            IpRange = range!.Value.ToString(),
            Labels = labels,
            ExposeRoutesToVswitch = expose,
        };
        network.Subnets.AddRange(subnets.Select(order => order.Fit(network)).ToList());
        foreach (var route in routes)
        {
            RouteOrder.RequireValid(network, route);
            network.Routes.Add(route);
        }

        call.Project.Networks.Add(network);
        return Reply.Created(new { Network = View(call.Project, network) });
    }

    private static Reply Update(ApiCall call)
    {
        var network = FindIdle(call);
        var name = call.Body.Text("name", min: 1, max: 128);
        var labels = call.Body.Labels();
        var expose = call.Body.Flag("expose_routes_to_vswitch");
        call.Body.Check();
        call.Project.Networks.RequireFreeName(name, "network", network.Id);
        network.Name = name ?? network.Name;
        network.Labels = labels ?? network.Labels;
        network.ExposeRoutesToVswitch = expose ?? network.ExposeRoutesToVswitch;
        return Reply.Ok(new { Network = View(call.Project, network) });
    }

    private Reply Delete(ApiCall call)
    {
        var network = FindIdle(call);
        if (network.DeleteProtected)
        {
            throw ApiErrors.Protected("network", "deletion");
        }

        foreach (var server in call.Project.Servers.Where(s => s.Networks.Exists(n => n.NetworkId == network.Id)))
        {
            server.Networks.RemoveAll(n => n.NetworkId == network.Id);
            call.Start("detach_from_network", [new(server.Id, "server")], ct => machines.DetachNetworkAsync(server.Id, network.Id, ct));
        }

        call.Project.Networks.Remove(network);
        return Reply.NoContent;
    }

    private static object View(Project project, Network network) => new
    {
        network.Id,
        network.Name,
        network.IpRange,
        Subnets = network.Subnets.Select(s => new
        {
            s.Type, s.IpRange, s.NetworkZone, Gateway = Cidrs.At(IPNetwork.Parse(network.IpRange), 1), s.VswitchId,
        }).ToArray(),
        network.Routes,
        Servers = project.Servers.Where(s => s.Networks.Exists(n => n.NetworkId == network.Id)).Select(s => s.Id).ToArray(),
        LoadBalancers = Array.Empty<long>(),
        Protection = new { Delete = network.DeleteProtected },
        network.Labels,
        network.Created,
        network.ExposeRoutesToVswitch,
    };
}
