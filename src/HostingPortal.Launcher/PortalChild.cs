using System.Globalization;
using CliWrap;

namespace HostingPortal.Launcher;

/// <summary>The portal as an unprivileged child process.</summary>
internal sealed class PortalChild(Child child, Uri address) : IAsyncDisposable
{
    /// <summary>E.g. <c>http://localhost:5080</c>.</summary>
    public Uri Address { get; } = address;

    /// <param name="line">Gets each line of its log.</param>
    public static async Task<PortalChild> StartAsync(Places places, int port, IReadOnlyDictionary<string, string> settings, TimeSpan patience, CancellationToken ct, Action<string>? line = null)
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
            "portal", places, ["setpriv", "--reuid", places.User, "--regid", places.User, "--init-groups", "dotnet", places.Web, "--contentRoot", Path.GetDirectoryName(places.Web)!], environment, line);
        var portal = new PortalChild(child, address);
        try
        {
            await Health.WaitAsync(child, address, patience, ct);
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

    public string? Ending => child.Ending;

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
