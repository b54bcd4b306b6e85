using System.Globalization;

namespace HostingPortal.Launcher.Cluster;

/// <summary>A Redis for the hints between portals; keeps nothing.</summary>
internal sealed class RedisChild(Places places, int port) : IAsyncDisposable
{
    private Child? child;

    public string Connection => $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    public void Start()
    {
        // The server is the same program under another name; Debian's package of that name would start one of its own.
        var program = Path.Combine(places.State, "redis-server");
        File.Delete(program);
        File.CreateSymbolicLink(program, "/usr/bin/redis-check-rdb");
        child = Child.Start("redis", places, [
            "setpriv", "--reuid", places.User, "--regid", places.User, "--init-groups", program, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "",
            "--dir", "/tmp"]);
    }

    public async Task KillAsync(CancellationToken ct)
    {
        await child!.SignalAsync("KILL");
        await child.WaitForExitAsync(ct);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
            child = null;
        }
    }
}
