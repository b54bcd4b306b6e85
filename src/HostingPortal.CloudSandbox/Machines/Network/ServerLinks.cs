using System.Globalization;
using HostingPortal.CloudSandbox.Machines.Servers;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Network;

/// <summary>
/// A server's network namespace with everything configured from outside: <c>eth0</c> for the public addresses, <c>enp7s0</c>, <c>enp8s0</c>… for
/// private networks. It is built anew at each boot, so that what the system inside did to it is gone as after a real one.
/// </summary>
internal sealed class ServerLinks(LabSlot lab, Router router)
{
    private const int FirstPrivatePort = 7;
    private readonly Gate _bridges = new();

    /// <summary>The router's end of a server's public link.</summary>
    public static string LinkOf(long serverId) => $"s{serverId}";

    public async Task UpAsync(MachineRecord machine, CancellationToken ct)
    {
        var spec = machine.Spec;
        var name = lab.Slot.NameOf(spec.ServerId);
        await Shell.RunAsync(["ip", "netns", "add", name], ct);
        await Shell.RunAsync(["ip", "-n", name, "-batch", "-"], "link set lo up\n", ct);
        if (spec.PublicIpv4 is not null || spec.PublicIpv6 is not null)
        {
            var link = LinkOf(spec.ServerId);
            await router.LoadRulesAsync(FirewallScript.Server(link, spec.PublicIpv4, spec.PublicIpv6, machine.Rules), ct);
            await router.BatchAsync(RouterSide(spec, link, name), ct);
            await Shell.RunAsync(["ip", "-n", name, "-batch", "-"], ServerSide(spec), ct);
        }

        foreach (var (index, network) in machine.Ports)
        {
            await AttachAsync(spec.ServerId, network, index, ct);
        }
    }

    public async Task DownAsync(MachineRecord machine, CancellationToken ct)
    {
        var serverId = machine.Spec.ServerId;
        var link = LinkOf(serverId);
        await Shell.TryAsync(["ip", "-n", lab.Slot.Router, "link", "delete", link], ct);
        await Shell.TryAsync(["ip", "netns", "exec", lab.Slot.Router, "nft", "-f", "-"], FirewallScript.Forget(link), ct);
        foreach (var index in machine.Ports.Keys)
        {
            await DetachAsync(serverId, index, ct);
        }

        await Shell.TryAsync(["ip", "netns", "delete", lab.Slot.NameOf(serverId)], ct);
    }

    /// <summary>Puts the record's rules in force on a running server.</summary>
    public Task ApplyRulesAsync(MachineRecord machine, CancellationToken ct)
    {
        var spec = machine.Spec;
        return router.LoadRulesAsync(FirewallScript.Server(LinkOf(spec.ServerId), spec.PublicIpv4, spec.PublicIpv6, machine.Rules), ct);
    }

    /// <summary>Plugs a running server into a private network as its <paramref name="index"/>th (from 0).</summary>
    public async Task AttachAsync(long serverId, MachineNetwork network, int index, CancellationToken ct)
    {
        var bridge = $"n{network.NetworkId}";
        await EnsureBridgeAsync(bridge, ct);
        var (port, inside, name) = (PortOf(serverId, index), $"enp{FirstPrivatePort + index}s0", lab.Slot.NameOf(serverId));
        var prefix = network.IpRange[(network.IpRange.IndexOf('/') + 1)..];
        await router.BatchAsync($"""
            link add {port} type veth peer name {inside} address {MacOf("86", serverId, index)} mtu 1450 netns {name}
            link set {port} master {bridge}
            link set {port} mtu 1450 up

            """, ct);
        await Shell.RunAsync(["ip", "-n", name, "-batch", "-"], $"""
            address add {network.Ip}/{prefix} dev {inside}
            link set {inside} up

            """, ct);
    }

    public Task DetachAsync(long serverId, int index, CancellationToken ct) =>
        Shell.TryAsync(["ip", "-n", lab.Slot.Router, "link", "delete", PortOf(serverId, index)], ct);

    /// <summary>Stable over reboots, e.g. <c>86:01:00:00:00:2a</c>.</summary>
    public static string MacOf(string first, long serverId, int index)
    {
        var id = ((uint)serverId).ToString("x8", CultureInfo.InvariantCulture);
        return $"{first}:{index:x2}:{id[..2]}:{id[2..4]}:{id[4..6]}:{id[6..]}";
    }

    private Task EnsureBridgeAsync(string bridge, CancellationToken ct) => _bridges.AloneAsync(async () =>
    {
        var known = await Shell.TryAsync(["ip", "-n", lab.Slot.Router, "link", "show", bridge], ct);
        if (known.ExitCode != 0)
        {
            await router.BatchAsync($"link add {bridge} type bridge\nlink set {bridge} addrgenmode none\nlink set {bridge} up\n", ct);
        }
    }, ct);

    private static string PortOf(long serverId, int index) => $"p{serverId}n{index}";

    private static string RouterSide(MachineSpec spec, string link, string name)
    {
        List<string> lines =
        [
            $"link add {link} type veth peer name eth0 address {MacOf("96", spec.ServerId, 0)} netns {name}",
            $"link set {link} addrgenmode none",
            $"address add fe80::1/64 dev {link} nodad",
            $"link set {link} up",
        ];
        lines.AddRange(spec.PublicIpv4 is null ? [] : [$"route add {spec.PublicIpv4}/32 dev {link}"]);
        lines.AddRange(spec.PublicIpv6 is null ? [] : [$"route add {spec.PublicIpv6} dev {link}"]);
        return string.Join('\n', lines) + "\n";
    }

    private static string ServerSide(MachineSpec spec)
    {
        List<string> lines = ["link set eth0 up"];
        lines.AddRange(spec.PublicIpv4 is null ? [] :
        [
            $"address add {spec.PublicIpv4}/32 dev eth0",
            $"route add {Router.ServerGateway} dev eth0",
            $"route add default via {Router.ServerGateway} dev eth0",
        ]);
        lines.AddRange(spec.PublicIpv6 is null ? [] :
        [
            $"address add {spec.PublicIpv6.Replace("::/64", "::1/64", StringComparison.Ordinal)} dev eth0 nodad",
            "route add default via fe80::1 dev eth0",
        ]);
        return string.Join('\n', lines) + "\n";
    }
}
