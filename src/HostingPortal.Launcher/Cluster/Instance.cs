using System.Globalization;
using CliWrap;

namespace HostingPortal.Launcher.Cluster;

/// <summary>One of several portals: an unprivileged process that can be killed, stopped, continued and started again.</summary>
internal sealed class Instance(Places places, int number, int port, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    private Child? child;

    public int Number => number;

    public int Port => port;

    public int ProcessId => child?.Id ?? 0;

    public bool HasExited => child?.HasExited ?? true;

    private string Data => Path.Combine(places.State, $"portal-{number.ToString(CultureInfo.InvariantCulture)}");

    public string SetupLink => Path.Combine(Data, "setup-link.txt");

    /// <summary>The disk of its own that its working files lie on, once <see cref="OnSmallDiskAsync"/> gave it one.</summary>
    public SmallDisk? Disk { get; private set; }

    /// <summary>Before its first start.</summary>
    public async Task OnSmallDiskAsync(int megabytes, CancellationToken ct) => Disk = await SmallDisk.MountAsync(Path.Combine(places.State, $"t{number.ToString(CultureInfo.InvariantCulture)}"), megabytes, places.User, ct);

    /// <summary>Returns once it answers its health check.</summary>
    /// <param name="ahead">How far its clock goes ahead of the machine's.</param>
    public async Task StartAsync(TimeSpan patience, CancellationToken ct, TimeSpan ahead = default)
    {
        await DisposeAsync();
        Directory.CreateDirectory(Data);
        await Cli.Wrap("chown").WithArguments([places.User, Data]).ExecuteAsync(ct);
        var environment = new Dictionary<string, string>(settings)
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["DOTNET_CLI_HOME"] = Data,
            ["HOME"] = Data,
            ["Data__Folder"] = Data,
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
        };
        if (Disk is not null)
        {
            environment["TMPDIR"] = Disk.Folder;
        }

        // Not for setpriv: what the library shares between processes would belong to root.
        string[] clock = ahead == TimeSpan.Zero
            ? []
            : ["env", $"LD_PRELOAD={FakeTime}", $"FAKETIME=+{ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s", "FAKETIME_DONT_FAKE_MONOTONIC=1"];
        child = Child.Start(
            Path.GetFileName(Data), places,
            ["setpriv", "--reuid", places.User, "--regid", places.User, "--init-groups", .. clock, "dotnet", places.Web, "--contentRoot", Path.GetDirectoryName(places.Web)!], environment);
        await Health.WaitAsync(child, new Uri($"http://127.0.0.1:{port}"), patience, ct);
    }

    public Task SignalAsync(string signal) => child!.SignalAsync(signal);

    public Task WaitForExitAsync(CancellationToken ct) => child!.WaitForExitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
            child = null;
        }
    }
}
