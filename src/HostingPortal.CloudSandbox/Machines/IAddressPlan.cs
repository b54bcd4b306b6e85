namespace HostingPortal.CloudSandbox.Machines;

/// <summary>Where public addresses of this sandbox come from, so that two sandboxes on one machine never meet.</summary>
internal interface IAddressPlan
{
    /// <summary>IPv4 range of the public bridge, e.g. <c>198.18.3.0/24</c>; <c>.1</c> is the gateway, DNS server and package proxy.</summary>
    string PublicIpv4Range { get; }

    /// <summary>IPv6 range out of which every server gets a /64, e.g. <c>2001:db8:3::/48</c>.</summary>
    string PublicIpv6Range { get; }
}
