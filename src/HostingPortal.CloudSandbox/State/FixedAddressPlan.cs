using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.State;

/// <summary>Addresses when no machines run: loopback for IPv4, the documentation range for IPv6.</summary>
internal sealed class FixedAddressPlan : IAddressPlan
{
    public string PublicIpv4Range => "127.77.0.0/16";

    public string PublicIpv6Range => "2001:db8:77::/48";
}
