using System.Buffers.Binary;
using System.Net;
using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.State;

/// <summary>Hands out public addresses of the sandbox's ranges; an address is not given again before the range was walked through once.</summary>
internal sealed class AddressPool(IAddressPlan plan)
{
    private const int FirstHost = 10;

    /// <summary>The next free IPv4 address, or null when all are taken.</summary>
    public string? TakeIpv4(World world)
    {
        var range = IPNetwork.Parse(plan.PublicIpv4Range);
        var first = BinaryPrimitives.ReadUInt32BigEndian(range.BaseAddress.GetAddressBytes());
        var hosts = (int)Math.Min((1L << (32 - range.PrefixLength)) - 1, int.MaxValue);
        var used = Used(world);
        for (var tries = FirstHost; tries < hosts; tries++)
        {
            world.NextIpv4Host = world.NextIpv4Host >= hosts ? FirstHost : world.NextIpv4Host;
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, first + (uint)world.NextIpv4Host++);
            var address = new IPAddress(bytes).ToString();
            if (!used.Contains(address))
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>The next free /64, e.g. <c>2001:db8:3:1::/64</c>; the first of the range is the gateway's.</summary>
    public string TakeIpv6(World world)
    {
        var range = IPNetwork.Parse(plan.PublicIpv6Range);
        var first = BinaryPrimitives.ReadUInt128BigEndian(range.BaseAddress.GetAddressBytes());
        var nets = 1 << Math.Min(64 - range.PrefixLength, 16);
        var used = Used(world);
        while (true)
        {
            world.NextIpv6Net = world.NextIpv6Net >= nets ? 1 : world.NextIpv6Net;
            var bytes = new byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, first + ((UInt128)world.NextIpv6Net++ << 64));
            var net = $"{new IPAddress(bytes)}/64";
            if (!used.Contains(net))
            {
                return net;
            }
        }
    }

    private static HashSet<string> Used(World world) => [.. world.Projects.Values.SelectMany(project => project.PrimaryIps).Select(ip => ip.Ip)];
}
