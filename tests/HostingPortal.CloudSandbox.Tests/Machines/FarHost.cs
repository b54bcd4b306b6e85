using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>A machine somewhere outside, as far as this one is concerned: this one reaches it, and it knows the way back.</summary>
internal sealed class FarHost(string card) : IAsyncDisposable
{
    public const string Ipv4 = "203.0.113.9", Ipv6 = "3fff:0:9::9";

    private static readonly string Name = $"hpfar{Environment.ProcessId}";

    /// <param name="card">This machine's card towards the lab: it forwards for a while, as it does where containers run.</param>
    public static async Task<FarHost> OpenAsync(string card)
    {
        var host = new FarHost(card);
        await ShellAsync($"""
            ip netns add {Name}
            ip link add {Name} type veth peer name eth0 netns {Name}
            ip address add 203.0.113.1/24 dev {Name}
            ip address add 3fff:0:9::1/64 dev {Name} nodad
            ip link set {Name} up
            ip -n {Name} address add {Ipv4}/24 dev eth0
            ip -n {Name} address add {Ipv6}/64 dev eth0 nodad
            ip -n {Name} link set eth0 up
            ip -n {Name} route add default via 203.0.113.1
            ip -n {Name} -6 route add default via 3fff:0:9::1
            echo 1 >/proc/sys/net/ipv4/conf/{Name}/forwarding
            echo 1 >/proc/sys/net/ipv4/conf/{card}/forwarding
            """);
        return host;
    }

    /// <summary>Its card goes with it, and with the card this machine's.</summary>
    public async ValueTask DisposeAsync() => await ShellAsync($"ip netns delete {Name}; echo 0 >/proc/sys/net/ipv4/conf/{card}/forwarding");

    private static Task ShellAsync(string script) => Shell.RunAsync(["sh", "-ec", script], CancellationToken.None);
}
