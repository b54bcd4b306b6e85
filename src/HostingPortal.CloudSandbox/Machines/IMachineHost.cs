namespace HostingPortal.CloudSandbox.Machines;

/// <summary>Turns simulated servers into running machines. One implementation boots real Debian systems, one only keeps the power state.</summary>
internal interface IMachineHost
{
    /// <summary>False where real machines cannot run; <see cref="Reason"/> then says why in one plain sentence.</summary>
    bool IsReal { get; }

    string? Reason { get; }

    /// <summary>Creates the disk of a server and, if asked, starts it. Completes when the machine is booting, not when SSH answers.</summary>
    Task CreateAsync(MachineSpec spec, bool start, CancellationToken ct);

    Task PowerOnAsync(long serverId, CancellationToken ct);

    /// <summary>Asks the system inside to shut down; completes when it was asked.</summary>
    Task ShutdownAsync(long serverId, CancellationToken ct);

    /// <summary>Pulls the plug; completes when nothing of the machine runs any more.</summary>
    Task PowerOffAsync(long serverId, CancellationToken ct);

    /// <summary>A new disk from another image; addresses stay. User data is applied again.</summary>
    Task RebuildAsync(MachineSpec spec, CancellationToken ct);

    Task DeleteAsync(long serverId, CancellationToken ct);

    Task AttachNetworkAsync(long serverId, MachineNetwork network, CancellationToken ct);

    Task DetachNetworkAsync(long serverId, long networkId, CancellationToken ct);

    /// <summary>Replaces the rules on the public interface; <c>null</c> means no firewall at all (everything passes).</summary>
    Task ApplyFirewallAsync(long serverId, IReadOnlyList<MachineFirewallRule>? rules, CancellationToken ct);

    /// <summary>Tells whether the machine's processes run. A system that shut itself down reads as false.</summary>
    bool IsRunning(long serverId);
}

/// <summary>Everything a machine is made from. <paramref name="Image"/> is <c>debian-13</c> or <c>debian-12</c>.</summary>
/// <param name="UserData">cloud-init user data as sent to the API, or null.</param>
/// <param name="PublicIpv4">Address on the public bridge, null when the server has no public IPv4.</param>
/// <param name="PublicIpv6">A /64; the machine itself gets its address <c>::1</c>.</param>
internal sealed record MachineSpec(
    long ServerId,
    string Name,
    string Image,
    string? UserData,
    string? RootPassword,
    IReadOnlyList<string> SshPublicKeys,
    string? PublicIpv4,
    string? PublicIpv6,
    IReadOnlyList<MachineNetwork> Networks,
    int MemoryMegabytes);

/// <summary>A private attachment, e.g. network 7 (<c>10.0.0.0/16</c>), address <c>10.0.0.2</c>, gateway <c>10.0.0.1</c>.</summary>
internal sealed record MachineNetwork(long NetworkId, string IpRange, string Ip, IReadOnlyList<string> AliasIps, string Gateway);

/// <summary>One rule as at Hetzner. <paramref name="Port"/> is <c>80</c> or <c>1024-5000</c>, null for protocols without ports.</summary>
internal sealed record MachineFirewallRule(bool Inbound, string Protocol, string? Port, IReadOnlyList<string> Cidrs);
