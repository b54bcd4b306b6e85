using System.Net;
using System.Net.Sockets;

namespace HostingPortal.CloudSandbox.Machines;

/// <summary>Ports on loopback for what is told nothing better.</summary>
internal static class FreePorts
{
    public static int One()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
