namespace HostingPortal.CloudSandbox.Machines.Network;

/// <summary>TCP ports on the gateway's address.</summary>
internal static class LabPorts
{
    public const int Dns = 53;
    public const int Packages = 3142;

    /// <summary>Behind 169.254.169.254:80.</summary>
    public const int Metadata = 8775;
    public const int Acme = 14000;
    public const int AcmeManagement = 15000;
}
