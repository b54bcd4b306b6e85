using System.Text;
using HostingPortal.CloudSandbox.Api.Images;
using HostingPortal.CloudSandbox.Api.Legacy;
using HostingPortal.CloudSandbox.Api.Networks;
using HostingPortal.CloudSandbox.Api.PrimaryIps;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>Reads and checks the body of POST /servers.</summary>
internal sealed class OrderReader(ServerTypeCatalogue types, Datacenters datacenters, BootableImages images)
{
    private const int MaxUserDataBytes = 32 * 1024;

    public ServerOrder Read(ApiCall call)
    {
        var body = call.Body;
        var name = body.Text("name", required: true, pattern: ServerOrders.HostName);
        var type = Resolve(body, "server_type", types.Find);
        var image = Resolve(body, "image", id => ImageResource.Find(id, type?.Architecture ?? "x86"));
        var location = datacenters.ReadLocation(body)?.Name;
        var start = body.Flag("start_after_create") ?? true;
        var labels = body.Labels() ?? [];
        var userData = body.Text("user_data");
        var keys = body.Texts("ssh_keys") ?? [];
        var networks = body.Numbers("networks") ?? [];
        var firewalls = body.Objects("firewalls", f => f.Number("firewall", required: true) ?? 0) ?? [];
        var net = body.Object("public_net", ReadPublicNet) ?? new PublicNetOrder(true, true, null, null);
        if (userData is not null && Encoding.UTF8.GetByteCount(userData) > MaxUserDataBytes)
        {
            body.Reject("user_data", "is too long");
        }

        var volumes = body.Numbers("volumes") ?? [];
        var group = body.Number("placement_group");
        body.Check();
        RefuseUnknown("volume", volumes);
        RefuseUnknown("placement_group", group is { } id ? [id] : []);
        call.Project.Servers.RequireFreeName(name, "server");
        var place = Place(call.World, type!, image!, location);
        PrimaryIpPool.Check(call, "ipv4", net.Ipv4Id, place);
        PrimaryIpPool.Check(call, "ipv6", net.Ipv6Id, place);
        var order = new ServerOrder(
            name!, type!, image!, place, start, labels, userData,
            [.. keys.Select(key => call.Project.SshKeys.ByIdOrName(key) ?? throw ApiErrors.NotFound("ssh_key", key))],
            [.. networks.Select(id => call.Project.Networks.ById(id, "network"))],
            [.. firewalls.Select(id => call.Project.Firewalls.ById(id, "firewall"))],
            net.Ipv4, net.Ipv6, net.Ipv4Id, net.Ipv6Id);
        CheckNetworks(order);
        return order;
    }

    /// <summary>Resources the sandbox does not have: none of their ids exists.</summary>
    private static void RefuseUnknown(string what, IReadOnlyList<long> ids)
    {
        if (ids.Count > 0)
        {
            throw ApiErrors.NotFound(what, ids[0]);
        }
    }

    private static T? Resolve<T>(Body body, string field, Func<string, T?> find)
        where T : class
    {
        var id = body.IdOrName(field, required: true);
        var found = id is null ? null : find(id);
        if (id is not null && found is null)
        {
            body.Reject(field, $"{field} '{id}' does not exist");
        }

        return found;
    }

    private static PublicNetOrder ReadPublicNet(Body net) =>
        new(net.Flag("enable_ipv4") ?? true, net.Flag("enable_ipv6") ?? true, net.Number("ipv4"), net.Number("ipv6"));

    private string Place(World world, ServerTypeInfo type, ImageInfo image, string? wanted)
    {
        images.RequireUsable(image, type);
        if (wanted is not null && !type.Locations.Contains(wanted))
        {
            throw ApiErrors.InvalidInput("location", "unsupported location for server type");
        }

        return type.Locations.FirstOrDefault(l => (wanted ?? l) == l && ServerTypeCatalogue.IsAvailable(world, type, l))
            ?? throw ApiErrors.Unavailable("error during placement");
    }

    private static void CheckNetworks(ServerOrder order)
    {
        if (!order.Ipv4 && !order.Ipv6)
        {
            if (order.Networks.Count == 0 || !order.Start)
            {
                throw ApiErrors.InvalidInput("public_net", "a server without public network needs a private one and must be started");
            }

            if (order.Firewalls.Count > 0)
            {
                throw ApiErrors.Unprocessable("private_net_only_server", "a server without public network cannot have firewalls");
            }
        }

        order.Networks.ForEach(network => Attachments.RequireSubnet(network, order.Location));
    }

    private sealed record PublicNetOrder(bool Ipv4, bool Ipv6, long? Ipv4Id, long? Ipv6Id);
}
