namespace HostingPortal.CloudSandbox.Machines;

/// <summary>Where the lab's services listen, filled in as they start; what the sandbox's info endpoint shows.</summary>
internal sealed class LabInfo
{
    /// <summary>Address of this machine as servers see it, null without machines.</summary>
    public string? GatewayIpv4 { get; set; }

    public string? GatewayIpv6 { get; set; }

    /// <summary>E.g. <c>127.0.0.1:8053</c>.</summary>
    public string? Dns { get; set; }

    /// <summary>E.g. <c>http://198.18.3.1:3142</c>.</summary>
    public string? PackageProxy { get; set; }

    /// <summary>E.g. <c>https://198.18.3.1:14000/dir</c>; null where no ACME server is installed.</summary>
    public string? AcmeDirectory { get; set; }

    /// <summary>PEM of the authority that signed the ACME server's own certificate.</summary>
    public string? AcmeServerCa { get; set; }

    /// <summary>PEM of the root of the certificates it issues; a new one at each start.</summary>
    public string? AcmeIssuerRoot { get; set; }
}
