using System.Net;
using System.Net.Sockets;

namespace HostingPortal.Launcher.Bench;

/// <summary>Connections to a portal of this machine that come from many addresses of the loopback network, so that limits per address hold for each alone.</summary>
internal static class LoopbackAddress
{
    /// <param name="from">E.g. <c>127.1.0.7</c>, asked for each connection anew.</param>
    public static SocketsHttpHandler Handler(Func<IPAddress> from, CookieContainer? cookies = null) => new()
    {
        CookieContainer = cookies ?? new CookieContainer(),
        UseCookies = cookies is not null,
        AllowAutoRedirect = false,
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(from(), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>The <paramref name="number"/>th address of <c>127.{network}.0.0/16</c>.</summary>
    public static IPAddress Of(byte network, int number) => new([127, network, (byte)(number / 250), (byte)(1 + (number % 250))]);
}
