using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Machines.Network;

/// <summary>
/// The network of one sandbox: a namespace of its own that routes between this machine and its servers, as Hetzner's routers do with /32
/// addresses behind 172.31.1.1 and fe80::1. Forwarding and every firewall rule stay inside it; this machine gets one interface and two routes.
/// </summary>
internal sealed class Router(LabSlot lab, LabOptions options)
{
    /// <summary>Hetzner's gateway address, the same for each server.</summary>
    public const string ServerGateway = "172.31.1.1";

    private const string HostLinkLocal = "fe80::1";
    private const string UplinkLinkLocal = "fe80::2";

    private Slot Slot => lab.Slot;

    /// <summary>Builds namespace, link, routes and rules; nothing of this slot may exist yet.</summary>
    public async Task UpAsync(CancellationToken ct)
    {
        await Shell.RunAsync(["ip", "netns", "add", Slot.Router], ct);
        await Shell.RunAsync(["ip", "-batch", "-"], HostSide(), ct);
        await Shell.RunAsync(["ip", "-n", Slot.Router, "-batch", "-"], RouterSide(), ct);
        await Shell.RunAsync(["ip", "netns", "exec", Slot.Router, "sh", "-e"], Switches, ct);
        await Shell.RunAsync(["ip", "-batch", "-"], HostRoutes(), ct);
        await Shell.RunAsync(["ip", "netns", "exec", Slot.Router, "nft", "-f", "-"], FirewallScript.Base(Slot, options.HostPorts), ct);
    }

    /// <summary>Runs lines of <c>ip</c> commands in the router.</summary>
    public Task BatchAsync(string lines, CancellationToken ct) => Shell.RunAsync(["ip", "-n", Slot.Router, "-batch", "-"], lines, ct);

    /// <summary>Loads an nft script as one transaction.</summary>
    public Task LoadRulesAsync(string script, CancellationToken ct) =>
        Shell.RunAsync(["ip", "netns", "exec", Slot.Router, "nft", "-f", "-"], script, ct);

    private string HostSide() => $"""
        link add {Slot.Router} type veth peer name uplink netns {Slot.Router}
        link set {Slot.Router} addrgenmode none
        address add {Slot.GatewayIpv4}/32 dev {Slot.Router}
        address add {Slot.GatewayIpv6}/128 dev {Slot.Router} nodad
        address add {HostLinkLocal}/64 dev {Slot.Router} nodad
        link set {Slot.Router} up

        """;

    private string RouterSide() => $"""
        link set lo up
        address add {ServerGateway}/32 dev lo
        link set uplink addrgenmode none
        address add {UplinkLinkLocal}/64 dev uplink nodad
        link set uplink up
        route add {Slot.GatewayIpv4}/32 dev uplink
        route add {Slot.GatewayIpv6}/128 via {HostLinkLocal} dev uplink

        """;

    private string HostRoutes() => $"""
        route add {Slot.PublicIpv4Range} via {ServerGateway} dev {Slot.Router} onlink src {Slot.GatewayIpv4}
        route add {Slot.PublicIpv6Range} via {UplinkLinkLocal} dev {Slot.Router} src {Slot.GatewayIpv6}

        """;

    /// <summary>Private networks are bridges here, and no rule may look into them.</summary>
    private const string Switches = """
        echo 1 >/proc/sys/net/ipv4/ip_forward
        echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        for switch in /proc/sys/net/bridge/bridge-nf-call-*tables; do
            if [ -e "$switch" ]; then echo 0 >"$switch"; fi
        done

        """;
}
