using System.Globalization;
using CliWrap;

namespace HostingPortal.Launcher;

/// <summary>The portal as an unprivileged child process.</summary>
internal sealed class PortalChild(Child child, Uri address) : IAsyncDisposable
{
    /// <summary>E.g. <c>http://localhost:5080</c>.</summary>
    public Uri Address { get; } = address;

    public static async Task<PortalChild> StartAsync(Places places, int port, IReadOnlyDictionary<string, string> settings, TimeSpan patience, CancellationToken ct)
    {
        Directory.CreateDirectory(places.PortalData);
        await Cli.Wrap("chown").WithArguments(["-R", places.User, places.PortalData]).ExecuteAsync(ct);
        var address = new Uri($"http://localhost:{port.ToString(CultureInfo.InvariantCulture)}");
        var environment = new Dictionary<string, string>(settings)
        {
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["DOTNET_CLI_HOME"] = places.PortalData,
            ["HOME"] = places.PortalData,
            ["Data__Folder"] = places.PortalData,
            ["Portal__BaseUrl"] = address.ToString().TrimEnd('/'),
        };
        await PortalTool.RememberAsync(places, environment, ct);
        var child = Child.Start(
            "portal", places, ["setpriv", "--reuid", places.User, "--regid", places.User, "--init-groups", "dotnet", places.Web, "--contentRoot", Path.GetDirectoryName(places.Web)!], environment);
        var portal = new PortalChild(child, address);
        try
        {
            await portal.WaitAsync(patience, ct);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    public int ProcessId => child.Id;

    public bool HasExited => child.HasExited;

    public ValueTask DisposeAsync() => child.DisposeAsync();

    /// <summary>Polls <c>/healthz</c> until it answers 200.</summary>
    private async Task WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            if (child.HasExited)
            {
                throw new LaunchException($"The portal ended while starting:\n{child.Tail()}");
            }

            try
            {
                if ((await http.GetAsync(new Uri(Address, "/healthz"), ct)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (watch.Elapsed > patience)
            {
                throw new LaunchException($"The portal did not answer within {patience.TotalSeconds:F0} s:\n{child.Tail()}");
            }

            await Task.Delay(100, ct);
        }
    }
}
