using HostingPortal.CloudSandbox.Api.Images;
using HostingPortal.CloudSandbox.Api.Legacy;
using HostingPortal.CloudSandbox.Api.Locations;
using HostingPortal.CloudSandbox.Api.Pricing;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.Api.Firewalls;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>The shape of a server in answers.</summary>
internal sealed class ServerViews(IMachineHost machines, FirewallEffects firewalls, Datacenters datacenters)
{
    /// <summary>What the API shows: a machine that shut itself down is off, whatever was last asked of it.</summary>
    public string StatusOf(Server server) =>
        server.Status == ServerStatus.Running && !machines.IsRunning(server.Id) ? ServerStatus.Off : server.Status;

    public object View(ApiCall call, Server server)
    {
        var type = ServerTypeCatalogue.Get(server.ServerType);
        var location = LocationResource.ByName(server.Location);
        var view = new
        {
            server.Id,
            server.Name,
            Status = StatusOf(server),
            server.Created,
            PublicNet = PublicNet(call.Project, server),
            PrivateNet = server.Networks.Select(n => new { Network = n.NetworkId, n.Ip, n.AliasIps, n.MacAddress }).ToArray(),
            ServerType = ServerTypeCatalogue.View(call.World, type),
            Location = location,
            Image = ImageResource.View(ImageResource.Find(server.Image, type.Architecture)!),
            Iso = (object?)null,
            RescueEnabled = false,
            Locked = call.IsBusy("server", server.Id),
            server.BackupWindow,
            OutgoingTraffic = 0L,
            IngoingTraffic = 0L,
            IncludedTraffic = Prices.IncludedTraffic(server.Location),
            Protection = new { Delete = server.DeleteProtected, Rebuild = server.RebuildProtected },
            server.Labels,
            Volumes = Array.Empty<long>(),
            LoadBalancers = Array.Empty<long>(),
            PrimaryDiskSize = server.DiskGigabytes,
            PlacementGroup = (object?)null,
        };
        return datacenters.AddTo(view, location);
    }

    private object PublicNet(Project project, Server server)
    {
        var addresses = project.AddressesOf(server).ToList();
        return new
        {
            Ipv4 = addresses.Where(ip => ip.Type == "ipv4").Select(ip => new
            {
                ip.Id, ip.Ip, Blocked = false, DnsPtr = ip.ReverseNames.GetValueOrDefault(ip.Ip) ?? DefaultReverseName(ip.Ip),
            }).FirstOrDefault(),
            Ipv6 = addresses.Where(ip => ip.Type == "ipv6").Select(ip => new
            {
                ip.Id, ip.Ip, Blocked = false, DnsPtr = ip.ReverseNames.Select(r => new { Ip = r.Key, DnsPtr = r.Value }).ToArray(),
            }).FirstOrDefault(),
            FloatingIps = Array.Empty<long>(),
            Firewalls = firewalls.StatusOf(project, server),
        };
    }

    /// <summary><c>127.77.0.10</c> becomes <c>static.10.0.77.127.clients.your-server.de</c>.</summary>
    public static string DefaultReverseName(string ipv4) =>
        $"static.{string.Join('.', ipv4.Split('.').Reverse())}.clients.your-server.de";
}
