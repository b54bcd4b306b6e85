using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CliWrap;

namespace HostingPortal.Launcher;

/// <summary>The portal's settings for a run against the sandbox.</summary>
internal static class Settings
{
    private static FileStream? claimed;

    public static async Task<IReadOnlyDictionary<string, string>> ForSandboxAsync(SandboxChild sandbox, Executor executor, Places places, int port, CancellationToken ct)
    {
        var key = Path.Combine(places.PortalData, "executor-key");
        Directory.CreateDirectory(places.PortalData);
        await Cli.Wrap("install").WithArguments(["-m", "0600", "-o", places.User, executor.KeyFile, key]).ExecuteAsync(ct);
        return new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Text(port)};http://{sandbox.Gateway}:{Text(port)}",
            ["Portal__Instance"] = "demo",
            ["Portal__BrokerUrl"] = $"http://{sandbox.Gateway}:{Text(port)}",
            ["Hetzner__Endpoint"] = sandbox.Api.ToString(),
            ["Executor__Host"] = executor.Ipv4,
            ["Executor__User"] = "portal",
            ["Executor__KeyFile"] = key,
            ["Executor__HostKey"] = executor.HostKey,
            ["Executor__Addresses__0"] = executor.Ipv4 + "/32",
            ["Executor__Addresses__1"] = executor.Ipv6Range,
            ["Portal__Addresses__0"] = sandbox.Gateway + "/32",
            ["Acme__Directory"] = sandbox.AcmeDirectory,
            ["Acme__Email"] = "hostmaster@hosting.example",
            ["Acme__CaPem"] = sandbox.AcmeCa,
            ["SiteProbe__ExtraRoots"] = sandbox.AcmeRoot,
            ["Names__Resolvers__0"] = sandbox.Dns,
        };
    }

    /// <summary>5080 if it is free, else the next free one; kept from other checkouts until this program ends, though nobody listens there yet.</summary>
    public static int FreePort()
    {
        for (var port = 5080; port < 5180; port++)
        {
            FileStream? claim = null;
            try
            {
                claim = new FileStream(Path.Combine(Path.GetTempPath(), $"hostingportal-port-{Text(port)}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                using var probe = new TcpListener(IPAddress.Any, port);
                probe.Start();
                claimed = claim;
                return port;
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                claim?.Dispose(); // Taken; the next one.
            }
        }

        throw new LaunchException("No port between 5080 and 5179 is free.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
