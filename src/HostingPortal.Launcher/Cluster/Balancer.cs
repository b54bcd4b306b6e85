using System.Net;
using System.Net.Sockets;

namespace HostingPortal.Launcher.Cluster;

/// <summary>
/// A small proxy before several portals, for trying and for tests: connections go to a portal that answers its health check, those of one client address to the
/// same one, so that a page and its live connection meet.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly int port;
    private readonly IReadOnlyList<int> ports;
    private readonly bool[] healthy;
    private readonly List<Task> tasks = [];
    private int turn;

    /// <param name="spread">True: each connection to the next portal in turn; false: those of one client address to the same.</param>
    public Balancer(int port, IReadOnlyList<int> portals, bool spread)
    {
        this.port = port;
        ports = portals;
        healthy = new bool[portals.Count];
        Spread = spread;
        tasks.Add(WatchAsync());
        Listen(IPAddress.Loopback);
        Listen(IPAddress.IPv6Loopback);
    }

    private bool Spread { get; }

    /// <summary>Takes connections at one more address of this machine.</summary>
    public void Listen(IPAddress address)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        tasks.Add(AcceptAsync(listener));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
        stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Task.Run(() => CarryAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        {
            var start = Spread ? Interlocked.Increment(ref turn) : ((IPEndPoint)client.Client.RemoteEndPoint!).Address.GetHashCode();
            for (var i = 0; i < ports.Count; i++)
            {
                var at = (int)(((uint)start + (uint)i) % (uint)ports.Count);
                if (healthy[at] && await TryAsync(client, at))
                {
                    return;
                }
            }
        }
    }

    private async Task<bool> TryAsync(TcpClient client, int at)
    {
        using var portal = new TcpClient();
        try
        {
            await portal.ConnectAsync(IPAddress.Loopback, ports[at], stop.Token);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            healthy[at] = false;
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        await Task.WhenAny(PumpAsync(client.GetStream(), portal.GetStream(), end.Token), PumpAsync(portal.GetStream(), client.GetStream(), end.Token));
        await end.CancelAsync();
        return true;
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken ct)
    {
        try
        {
            await from.CopyToAsync(to, ct);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone; the other is closed.
        }
    }

    private async Task WatchAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAll(ports.Select(async (port, at) => healthy[at] = await Health.AnswersAsync(http, new Uri($"http://127.0.0.1:{port}"), CancellationToken.None)));
            await Task.Delay(500, stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
