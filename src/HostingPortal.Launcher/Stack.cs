using System.Diagnostics;
using System.Security.Cryptography;

namespace HostingPortal.Launcher;

/// <summary>Sandbox, executor and portal, started in this order and stopped in the opposite one.</summary>
internal sealed class Stack(SandboxChild sandbox, PortalChild portal, Func<CancellationToken, Task<PortalChild>> again) : IAsyncDisposable
{
    public SandboxChild Sandbox { get; } = sandbox;

    public PortalChild Portal { get; private set; } = portal;

    public static async Task<Stack> StartAsync(Places places, Progress progress, CancellationToken ct)
    {
        var port = Settings.FreePort();
        var sandbox = await progress.StepAsync("cloud sandbox (the first time it builds its Debian image)", () => SandboxChild.StartAsync(places, port, progress, ct));
        try
        {
            var executor = await progress.StepAsync("server for the executor", async () => await ExecutorOrder.PlaceAsync(sandbox, places, await OperatorTokenAsync(places, ct), ct));
            var settings = await Settings.ForSandboxAsync(sandbox, executor, places, port, ct);
            Task<PortalChild> StartPortalAsync(CancellationToken token) => PortalChild.StartAsync(places, port, settings, TimeSpan.FromMinutes(4), token);
            var portal = await progress.StepAsync("portal with its own MariaDB", () => StartPortalAsync(ct));
            return new Stack(sandbox, portal, StartPortalAsync);
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until canceled; a portal that died is started again, as a service manager would.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await PauseAsync(TimeSpan.FromMilliseconds(500), ct);
            if (Portal.HasExited && !ct.IsCancellationRequested)
            {
                Console.WriteLine("  The portal ended unexpectedly; starting it again.");
                await Portal.DisposeAsync();
                while (!await StartedAgainAsync(ct))
                {
                    await PauseAsync(TimeSpan.FromSeconds(5), ct);
                }
            }
        }
    }

    /// <summary>A start that failed is told and no reason to stop what runs beside the portal.</summary>
    private async Task<bool> StartedAgainAsync(CancellationToken ct)
    {
        try
        {
            Portal = await again(ct);
            return true;
        }
        catch (LaunchException error)
        {
            Console.WriteLine($"  {error.Message}");
            return false;
        }
    }

    private static Task PauseAsync(TimeSpan time, CancellationToken ct) =>
        Task.Delay(time, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Stops the portal and starts it again with the data it has; returns the time from its start to its first good answer.</summary>
    public async Task<TimeSpan> RestartPortalAsync(CancellationToken ct)
    {
        await Portal.DisposeAsync();
        var watch = Stopwatch.StartNew();
        Portal = await again(ct);
        return watch.Elapsed;
    }

    /// <summary>After the end: what did not end as it should, as sentences.</summary>
    public IEnumerable<string> Endings => new[] { Portal.Ending, Sandbox.Ending }.OfType<string>();

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    /// <summary>The operator's own Hetzner project, where the executor lives; kept for the next start.</summary>
    private static async Task<string> OperatorTokenAsync(Places places, CancellationToken ct)
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
