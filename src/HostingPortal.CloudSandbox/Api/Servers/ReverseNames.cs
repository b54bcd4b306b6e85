using System.Net;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>Reverse DNS of public addresses, for servers and primary IPs alike.</summary>
internal static class ReverseNames
{
    /// <summary>Reads <c>{ip, dns_ptr}</c>; a null name resets to the default.</summary>
    public static (string Ip, string? Name) Read(Body body)
    {
        var ip = body.Text("ip", required: true);
        var name = body.Text("dns_ptr", min: 1, max: 253);
        if (!body.Has("dns_ptr"))
        {
            body.Reject("dns_ptr", "is required");
        }

        if (ip is not null && !IPAddress.TryParse(ip, out _))
        {
            body.Reject("ip", "is not an IP address");
        }

        body.Check();
        return (IPAddress.Parse(ip!).ToString(), name);
    }

    public static bool Owns(PrimaryIp primary, string ip) =>
        primary.Type == "ipv4" ? primary.Ip == ip : IPNetwork.Parse(primary.Ip).Contains(IPAddress.Parse(ip));

    public static void Set(PrimaryIp primary, string ip, string? name)
    {
        primary.ReverseNames.Remove(ip);
        if (name is not null)
        {
            primary.ReverseNames[ip] = name;
        }
    }
}
