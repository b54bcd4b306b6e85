using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace HostingPortal.Launcher.Cluster;

/// <summary>Sandbox, executor, one MariaDB, several portals and the balancer before them.</summary>
internal sealed class Fleet(SandboxChild sandbox, DatabaseChild database, IReadOnlyList<Instance> instances, Balancer balancer, Uri address) : IAsyncDisposable
{
    public SandboxChild Sandbox { get; } = sandbox;

    public DatabaseChild Database { get; } = database;

    public IReadOnlyList<Instance> Instances { get; } = instances;

    /// <summary>The balancer's.</summary>
    public Uri Address { get; } = address;

    /// <param name="content">Folder of the Ansible content; null: the one the portal ships.</param>
    /// <param name="spread">Each connection to the next portal in turn; else those of one address to the same.</param>
    /// <param name="redis">Carries hints between the portals.</param>
    /// <param name="diskMegabytes">Each portal writes to a disk of its own of this size; null: to this machine's.</param>
    public static async Task<Fleet> StartAsync(
        Places places, int count, string? content, bool spread, Progress progress, CancellationToken ct, RedisChild? redis = null, int? diskMegabytes = null)
    {
        var port = Settings.FreePort();
        var ports = Enumerable.Range(1, count).Select(_ => Free()).ToList();
        var undo = new Stack<IAsyncDisposable>();
        var balancer = new Balancer(port, ports, spread);
        undo.Push(balancer);
        try
        {
            var sandbox = await progress.StepAsync("cloud sandbox", () => SandboxChild.StartAsync(places, port, progress, ct));
            undo.Push(sandbox);
            balancer.Listen(IPAddress.Parse(sandbox.Gateway));
            var executor = await progress.StepAsync("server for the executor", async () => await ExecutorOrder.PlaceAsync(sandbox, places, await TokenAsync(places, ct), ct));
            var database = await progress.StepAsync("MariaDB for all portals", () => DatabaseChild.StartAsync(places, ct));
            undo.Push(database);
            var address = new Uri($"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}");
            var settings = new Dictionary<string, string>(await Settings.ForSandboxAsync(sandbox, executor, places, port, ct))
            {
                ["Portal__BaseUrl"] = address.ToString().TrimEnd('/'),
                ["Portal__DrainSeconds"] = "2",
                ["Database__ConnectionString"] = database.ConnectionString,
                ["Secrets__KeyFile"] = Path.Combine(places.State, "portal-1", "secrets.key"),
            };
            if (content is not null)
            {
                settings["Content__Folder"] = content;
            }

            if (redis is not null)
            {
                settings["Redis__Connection"] = redis.Connection;
            }

            var instances = ports.Select((p, i) => new Instance(places, i + 1, p, settings)).ToList();
            foreach (var instance in instances)
            {
                undo.Push(instance);
                if (diskMegabytes is { } size)
                {
                    await instance.OnSmallDiskAsync(size, ct);
                }

                await progress.StepAsync($"portal {instance.Number}", () => instance.StartAsync(TimeSpan.FromMinutes(6), ct));
            }

            return new Fleet(sandbox, database, instances, balancer, address);
        }
        catch
        {
            while (undo.TryPop(out var started))
            {
                await started.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Until canceled; a portal that died is started again, as a service manager would.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(500, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            foreach (var died in Instances.Where(i => i.HasExited && !ct.IsCancellationRequested))
            {
                Console.WriteLine($"  Portal {died.Number} ended unexpectedly; starting it again.");
                await died.StartAsync(TimeSpan.FromMinutes(6), ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await balancer.DisposeAsync();
        await Task.WhenAll(Instances.Select(i => i.DisposeAsync().AsTask()));
        await Database.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    /// <summary>A port nobody listens on.</summary>
    public static int Free()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<string> TokenAsync(Places places, CancellationToken ct)
    {
        var file = Path.Combine(places.State, "operator-token");
        if (!File.Exists(file))
        {
            await File.WriteAllTextAsync(file, RandomNumberGenerator.GetHexString(64), ct);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return await File.ReadAllTextAsync(file, ct);
    }
}
