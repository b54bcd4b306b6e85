using HostingPortal.CloudSandbox.Api;
using HostingPortal.CloudSandbox.Faults;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox;

/// <summary>A running simulator. Tests start one in their own process; <c>Program.cs</c> starts the same one.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxServer(WebApplication app) => _app = app;

    /// <summary>Root of the API with its version, e.g. <c>http://127.0.0.1:41234/v1/</c>; the trailing slash keeps relative addresses below it.</summary>
    public Uri BaseAddress => new($"{Root}v1/");

    /// <summary>Where <c>/_sandbox/…</c> lies, e.g. <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Root => new(_app.Urls.First());

    /// <summary>A token nobody used before: a Hetzner project of its own.</summary>
    public static string NewToken() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Starts listening on 127.0.0.1.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken ct = default) => StartAsync(options, _ => { }, ct);

    /// <summary>With services of the caller's own in place of the usual ones, e.g. a machine host that records its calls.</summary>
    internal static async Task<SandboxServer> StartAsync(SandboxOptions options, Action<IServiceCollection> configure, CancellationToken ct)
    {
        // The host watches its content root for settings, with all folders below: that must never be the working directory, which may be "/".
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRouting();
        configure(builder.Services);
        builder.Services.AddMachines(options.ToLab());
        builder.Services.AddSandboxState(options);
        builder.Services.AddApi();
        builder.Services.AddFaults();
        builder.Services.AddMachinesOff();
        var app = builder.Build();
        app.UseCorrelationId();
        app.UseRouting();
        app.UseMiddleware<FaultMiddleware>();
        app.UseRouteErrors();
        app.MapApi();
        app.MapControl();
        var server = new SandboxServer(app);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException)
        {
            // The port is the last thing to fail: all else runs by now and must not be left behind.
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Completes when the process is asked to end.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.Services.GetRequiredService<SnapshotFile>().FlushAsync();
        await _app.DisposeAsync();
    }
}
