namespace HostingPortal.CloudSandbox.Machines;

/// <summary>How the lab of one sandbox runs.</summary>
public sealed record LabOptions
{
    /// <summary>False keeps to what needs no root: DNS and ACME on loopback, no servers.</summary>
    public bool Machines { get; init; } = true;

    /// <summary>Folder for the disks of servers and for keys; null takes a temporary one that goes with the process.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>TCP ports of this machine that servers may reach at the gateway's address, e.g. the portal's 5080.</summary>
    public IReadOnlyList<int> HostPorts { get; init; } = [];

    /// <summary>Runs an ACME server, where one is installed.</summary>
    public bool Acme { get; init; } = true;

    /// <summary>Port of the DNS server on 127.0.0.1; 0 takes a free one.</summary>
    public int DnsPort { get; init; }

    /// <summary>Where base images and packages are kept for all sandboxes of this machine.</summary>
    public string CacheDirectory { get; init; } = "/var/cache/hostingportal";
}
