using System.Globalization;
using System.Net;
using HostingPortal.CloudSandbox.Api.Locations;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Networks;

/// <summary>Where a server sits in a network: a subnet of its zone, an address nobody has.</summary>
internal static class Attachments
{
    public const string Reserved = "172.31.1.1";

    /// <summary>The first address of the network's range.</summary>
    public static string Gateway(Network network) => Cidrs.At(IPNetwork.Parse(network.IpRange), 1);

    public static IEnumerable<Subnet> SubnetsFor(Network network, string location)
    {
        var zone = LocationResource.ByName(location).NetworkZone;
        return network.Subnets.Where(subnet => subnet.NetworkZone == zone && subnet.Type != "vswitch");
    }

    public static void RequireSubnet(Network network, string location)
    {
        if (!SubnetsFor(network, location).Any())
        {
            throw ApiErrors.Unprocessable("no_subnet_available", "no subnet of the network is in the server's network zone");
        }
    }

    /// <summary>Chooses the address; does not yet attach.</summary>
    /// <exception cref="ApiException"><c>ip_not_available</c> or <c>no_subnet_available</c>.</exception>
    public static Attachment Make(
        Project project, Server server, Network network, string? wantedIp, IReadOnlyList<string> aliases, long number, string? ipRange = null)
    {
        RequireSubnet(network, server.Location);
        var wanted = SubnetsFor(network, server.Location).Where(s => ipRange is null || s.IpRange == ipRange);
        var subnets = wanted.Select(s => IPNetwork.Parse(s.IpRange)).ToList();
        var taken = Taken(project, network, server.Id);
        var ip = wantedIp ?? subnets.Select(subnet => FirstFree(subnet, taken)).FirstOrDefault(free => free is not null)
            ?? throw ApiErrors.Unprocessable("no_subnet_available", "no address is left in the network's subnets");
        foreach (var address in aliases.Prepend(ip))
        {
            RequireFree(address, subnets, taken);
        }

        return new Attachment { NetworkId = network.Id, Ip = ip, MacAddress = Mac(number), AliasIps = [.. aliases] };
    }

    /// <summary>Checks addresses that <paramref name="server"/> wants besides its own.</summary>
    public static void RequireFreeAliases(Project project, Server server, Network network, IReadOnlyList<string> aliases)
    {
        var subnets = SubnetsFor(network, server.Location).Select(s => IPNetwork.Parse(s.IpRange)).ToList();
        var taken = Taken(project, network, server.Id);
        taken.UnionWith(server.Networks.Where(n => n.NetworkId == network.Id).Select(n => n.Ip));
        foreach (var alias in aliases)
        {
            RequireFree(alias, subnets, taken);
        }
    }

    private static HashSet<string> Taken(Project project, Network network, long exceptServer)
    {
        var others = project.Servers.Where(s => s.Id != exceptServer).SelectMany(s => s.Networks).Where(n => n.NetworkId == network.Id);
        return [.. others.SelectMany(n => n.AliasIps.Prepend(n.Ip)), Gateway(network), Reserved];
    }

    private static void RequireFree(string address, List<IPNetwork> subnets, HashSet<string> taken)
    {
        var free = IPAddress.TryParse(address, out var ip) && !taken.Contains(address)
            && subnets.Exists(subnet => subnet.Contains(ip) && !subnet.BaseAddress.Equals(ip));
        if (!free)
        {
            throw ApiErrors.Unprocessable("ip_not_available", $"the address {address} is not available in the network");
        }
    }

    private static string? FirstFree(IPNetwork subnet, HashSet<string> taken)
    {
        for (long host = 2; host < Cidrs.Size(subnet) - 1; host++)
        {
            if (Cidrs.At(subnet, host) is var address && !taken.Contains(address))
            {
                return address;
            }
        }

        return null;
    }

    private static string Mac(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"86:00:00:{(number >> 16) & 255:x2}:{(number >> 8) & 255:x2}:{number & 255:x2}");
}
