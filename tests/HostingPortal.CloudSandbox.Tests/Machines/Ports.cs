using System.Net;
using System.Net.Sockets;
using HostingPortal.CloudSandbox.Machines;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>Tells whether something answers, from this machine or from a server.</summary>
internal static class Ports
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>True when a TCP connection from this machine is accepted or refused by the server itself; false when it is swallowed.</summary>
    public static async Task<bool> AnswersAsync(string address, int port)
    {
        using var client = new TcpClient(IPAddress.Parse(address).AddressFamily);
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await client.ConnectAsync(IPAddress.Parse(address), port, deadline.Token);
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The same from one server to another, with bash.</summary>
    public static async Task<bool> AnswersFromAsync(LabServer from, string address, int port)
    {
        var (code, _, error) = await from.TryAsync($"timeout 0.7 bash -c 'exec 3<>/dev/tcp/{address}/{port}'");
        return code == 0 || error.Contains("refused", StringComparison.Ordinal);
    }

    public static async Task<bool> PingsFromAsync(LabServer from, string address) => (await from.TryAsync($"ping -c 1 -W 1 {address}")).Code == 0;

    public static MachineFirewallRule In(string protocol, string? port, params string[] cidrs) => new(true, protocol, port, cidrs);

    public static MachineFirewallRule Out(string protocol, string? port, params string[] cidrs) => new(false, protocol, port, cidrs);
}
