using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CliWrap;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Network;
using HostingPortal.CloudSandbox.Machines.Slots;

namespace HostingPortal.CloudSandbox.Acme;

/// <summary>
/// Debian's Pebble as a child process: a real ACME server that checks challenges through the sandbox's DNS. It keeps nothing on disk: accounts
/// and the issuing root are new at each start.
/// </summary>
internal sealed class AcmeServer(LabOptions options, LabSlot lab, LabInfo info, AcmeKeys keys, ILogger<AcmeServer> logger)
    : IHostedService, IDisposable
{
    private const string Pebble = "/usr/bin/pebble";
    private const string Script = """
        config=$1 dns=$2
        shift 2
        for group; do echo $$ >"$group/cgroup.procs"; done
        exec pebble -config "$config" -dnsserver "$dns" >"$(dirname "$config")/pebble.log" 2>&1
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly int _port = options.Machines ? LabPorts.Acme : FreePorts.One();
    private readonly int _managementPort = options.Machines ? LabPorts.AcmeManagement : FreePorts.One();
    private string? _temporary;
    private Task _process = Task.CompletedTask;

    /// <exception cref="LabException">Pebble ended at once or did not answer in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Acme)
        {
            return;
        }

        if (!File.Exists(Pebble))
        {
            logger.LogWarning("No ACME server: apt-get install pebble");
            return;
        }

        var address = options.Machines ? lab.Slot.GatewayIpv4 : "127.0.0.1";
        var folder = Path.Combine(DataFolder(), "acme");
        var authority = keys.Prepare(folder, options.Machines ? [address, lab.Slot.GatewayIpv6, "127.0.0.1"] : [address]);
        var config = Path.Combine(folder, "pebble.json");
        await File.WriteAllTextAsync(config, Config(folder, address), cancellationToken);
        _process = RunAsync(config);
        info.AcmeIssuerRoot = await IssuerRootAsync(address, authority, cancellationToken);
        info.AcmeServerCa = authority;
        info.AcmeDirectory = $"https://{address}:{_port}/dir";
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _process.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_temporary is not null && Directory.Exists(_temporary))
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    public void Dispose() => _stop.Dispose();

    private string DataFolder() => options switch
    {
        { Machines: true } => lab.Folder,
        { DataDirectory: { } chosen } => chosen,
        _ => _temporary = Directory.CreateTempSubdirectory("hostingportal-acme-").FullName,
    };

    private string Config(string folder, string address) => JsonSerializer.Serialize(new
    {
        pebble = new
        {
            listenAddress = $"{address}:{_port}",
            managementListenAddress = $"{address}:{_managementPort}",
            certificate = Path.Combine(folder, "server.pem"),
            privateKey = Path.Combine(folder, "server.key"),
            httpPort = 80,
            tlsPort = 443,
            ocspResponderURL = "",
            externalAccountBindingRequired = false,
        },
    });

    /// <summary>In the slot's control group, so that a killed sandbox's Pebble is found by the next owner.</summary>
    private async Task RunAsync(string config)
    {
        var groups = options.Machines ? ControlGroups.Create($"{lab.Slot.Group}/acme") : [];
        var command = Shell.Command(["setsid", "sh", "-c", Script, "sh", config, info.Dns!, .. groups])
            .WithEnvironmentVariables(variables => variables
                .Set("PATH", "/usr/bin:/bin").Set("PEBBLE_VA_NOSLEEP", "1").Set("PEBBLE_WFE_NONCEREJECT", "0")
                // Every order proves its names anew: whether the way to the DNS works must not depend on luck.
                .Set("PEBBLE_AUTHZREUSE", "0"));
        try
        {
            var result = await command.ExecuteAsync(_stop.Token);
            logger.LogError("Pebble ended with {ExitCode}", result.ExitCode);
        }
        catch (OperationCanceledException)
        {
            // Stopped with the sandbox.
        }
    }

    private async Task<string> IssuerRootAsync(string address, string authority, CancellationToken ct)
    {
        using var trusted = X509Certificate2.CreateFromPem(authority);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { trusted },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var client = new HttpClient(handler);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Patience);
        while (!_process.IsCompleted)
        {
            try
            {
                return await client.GetStringAsync($"https://{address}:{_managementPort}/roots/0", deadline.Token);
            }
            catch (HttpRequestException) when (!deadline.IsCancellationRequested)
            {
                await Task.Delay(50, deadline.Token);
            }
        }

        throw new LabException($"The ACME server did not start; ports {_port} and {_managementPort} on {address} must be free.");
    }
}
