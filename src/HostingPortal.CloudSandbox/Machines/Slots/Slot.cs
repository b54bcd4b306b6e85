namespace HostingPortal.CloudSandbox.Machines.Slots;

/// <summary>One of the address blocks that sandboxes of this machine divide among themselves, and every name made from its number.</summary>
/// <param name="Number">1 to <see cref="Last"/>.</param>
internal sealed record Slot(int Number) : IAddressPlan
{
    /// <summary>Numbers above stay free for labs made by hand.</summary>
    public const int Last = 199;

    public string PublicIpv4Range => $"198.18.{Number}.0/24";

    public string PublicIpv6Range => $"2001:db8:{Number}::/48";

    /// <summary>Address of this machine towards its servers: DNS, packages, ACME.</summary>
    public string GatewayIpv4 => $"198.18.{Number}.1";

    public string GatewayIpv6 => $"2001:db8:{Number}::1";

    /// <summary>Network namespace of the router, and the host's end of the link into it.</summary>
    public string Router => $"hp{Number}";

    /// <summary>Control group below which every process of the lab runs.</summary>
    public string Group => $"hostingportal/{Number}";

    /// <summary>Network namespace and machine name of a server.</summary>
    public string NameOf(long serverId) => $"{Router}-{serverId}";

    public string GroupOf(long serverId) => $"{Group}/{serverId}";
}
