using System.Globalization;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.PrimaryIps;

/// <summary>Gives servers their primary addresses: an own one that lives as long as the server, or one that exists already.</summary>
internal sealed class PrimaryIpPool(AddressPool pool)
{
    /// <summary>Checks an existing address before it is given to a new server in <paramref name="location"/>.</summary>
    public static void Check(ApiCall call, string type, long? id, string location)
    {
        if (id is null)
        {
            return;
        }

        var ip = call.Project.PrimaryIps.ById(id.Value, "primary_ip");
        if (ip.Type != type)
        {
            throw new ApiException(412, "primary_ip_version_mismatch", "the primary IP has the wrong IP version");
        }

        if (ip.AssigneeId is not null)
        {
            throw ApiErrors.Unprocessable("primary_ip_assigned", "the primary IP is already assigned to a server");
        }

        if (ip.Location != location)
        {
            throw ApiErrors.Unprocessable("primary_ip_datacenter_mismatch", "the primary IP is in a different location");
        }
    }

    public void Give(ApiCall call, Server server, string type, bool enabled, long? existing)
    {
        if (existing is { } id)
        {
            call.Project.PrimaryIps.ById(id, "primary_ip").AssigneeId = server.Id;
        }
        else if (enabled)
        {
            var ip = Make(call, type, server.Location, name: null);
            ip.AssigneeId = server.Id;
            ip.AutoDelete = true;
        }
    }

    public PrimaryIp Make(ApiCall call, string type, string location, string? name)
    {
        var address = (type == "ipv4" ? pool.TakeIpv4(call.World) : pool.TakeIpv6(call.World))
            ?? throw ApiErrors.Unavailable("no address is left in the sandbox's range");
        var id = call.World.NewId();
        var ip = new PrimaryIp
        {
            Id = id,
            Name = name ?? string.Create(CultureInfo.InvariantCulture, $"primary_ip-{id}"),
            Created = call.Now,
            Type = type,
            Ip = address,
            Location = location,
        };
        call.Project.PrimaryIps.Add(ip);
        return ip;
    }
}
