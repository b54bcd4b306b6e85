using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CliWrap;
using HostingPortal.CloudSandbox;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>A sandbox with real servers in which <c>./portal install</c> is tried as an operator would: an account, an address that stays, a name that leads to it.</summary>
internal sealed class PrimaryLab : IAsyncDisposable
{
    /// <summary>Where the sandbox's API is on the Primary: plain HTTP is accepted from this machine alone, so it comes there through SSH.</summary>
    private const int CloudPort = 17080;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hp-primary-");
    private readonly SandboxServer sandbox;
    private readonly HttpClient cloud;
    private readonly JsonElement info;
    private readonly List<CommandTask<CommandResult>> tunnels = [];
    private readonly CancellationTokenSource closing = new();

    private PrimaryLab(SandboxServer sandbox, JsonElement info)
    {
        (this.sandbox, this.info) = (sandbox, info);
        cloud = CloudOf(SandboxServer.NewToken());
        File.WriteAllText(Kept("acme-ca.pem"), Pem("caPem") + Pem("rootPem"));
    }

    public string AcmeCa => Kept("acme-ca.pem");

    public string Root => Pem("rootPem");

    public static async Task<PrimaryLab> StartAsync(CancellationToken ct)
    {
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Machines = true, Acme = true }, ct);
        try
        {
            using var http = new HttpClient();
            var info = await http.GetFromJsonAsync<JsonElement>(new Uri(sandbox.Root, "_sandbox/info"), ct);
            return new PrimaryLab(sandbox, info);
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>The sandbox's API with a token.</summary>
    public HttpClient CloudOf(string token)
    {
        var http = new HttpClient { BaseAddress = sandbox.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    /// <summary>A bare Debian 13 at the Primary's address, which outlives the server; the name leads there.</summary>
    public async Task<PrimaryServer> OrderAsync(CancellationToken ct)
    {
        if (!File.Exists(Kept("key")))
        {
            await Tool.RunAsync(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "operator", "-f", Kept("key")], ct);
            await PostAsync("ssh_keys", new { name = "operator", public_key = (await File.ReadAllTextAsync(Kept("key.pub"), ct)).Trim() }, ct);
            var made = (await PostAsync("primary_ips", new { name = "primary", type = "ipv4", assignee_type = "server", location = "fsn1", auto_delete = false }, ct)).GetProperty("primary_ip");
            await File.WriteAllTextAsync(Kept("primary-ip"), made.GetRawText(), ct);
            await PostAsync("zones", new { name = "hosting.example", mode = "primary" }, ct);
            await PostAsync("zones/hosting.example/rrsets", new { name = "portal", type = "A", ttl = 60, records = new[] { new { value = made.GetProperty("ip").GetString() } } }, ct);
        }

        var address = JsonElement.Parse(await File.ReadAllTextAsync(Kept("primary-ip"), ct));
        var server = await PostAsync("servers", new
        {
            name = $"primary-{Guid.NewGuid():n}"[..16], server_type = "cx33", image = "debian-13", location = "fsn1", ssh_keys = new[] { "operator" },
            public_net = new { enable_ipv4 = true, enable_ipv6 = true, ipv4 = address.GetProperty("id").GetInt64() },
        }, ct);
        var config = Kept($"ssh-{server.GetProperty("server").GetProperty("id").GetInt64()}");
        await File.WriteAllTextAsync(
            config, $"Host *\n  IdentityFile {Kept("key")}\n  IdentitiesOnly yes\n  StrictHostKeyChecking accept-new\n  UserKnownHostsFile {config}.known\n  LogLevel ERROR\n  BatchMode yes\n", ct);
        var primary = new PrimaryServer(server.GetProperty("server").GetProperty("id").GetInt64(), address.GetProperty("ip").GetString()!, config, Root);
        await WaitForSshAsync(primary, ct);
        tunnels.Add(Cli.Wrap("ssh").WithArguments(["-F", config, "-N", "-o", "ExitOnForwardFailure=yes", "-R", $"127.0.0.1:{CloudPort}:127.0.0.1:{sandbox.Root.Port}", $"root@{primary.Ipv4}"])
            .WithValidation(CommandResultValidation.None).ExecuteAsync(closing.Token));
        return primary;
    }

    /// <summary>The words of the first installation of a server of this lab.</summary>
    public string[] FirstWords() =>
    [
        "--name", PrimaryServer.Name, "--email", "hostmaster@hosting.example", "--instance", "primary-test", "--acme-directory", info.GetProperty("acme").GetProperty("directory").GetString()!,
        "--acme-ca", AcmeCa, "--set", $"Hetzner__Endpoint=http://127.0.0.1:{CloudPort}/v1", "--set", $"SiteProbe__ExtraRoots={Root}",
    ];

    /// <summary>Takes the server away, with its disk.</summary>
    public async Task DestroyAsync(PrimaryServer server, CancellationToken ct)
    {
        (await cloud.DeleteAsync(new Uri($"servers/{server.Id}", UriKind.Relative), ct)).EnsureSuccessStatusCode();
        while ((await cloud.GetFromJsonAsync<JsonElement>("servers", ct)).GetProperty("servers").GetArrayLength() > 0)
        {
            await Task.Delay(200, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        cloud.Dispose();
        await closing.CancelAsync();
        foreach (var tunnel in tunnels)
        {
            await tunnel.Task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        closing.Dispose();
        await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken ct)
    {
        using var answer = await cloud.PostAsJsonAsync(path, body, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonElement.Parse(text);
    }

    private static async Task WaitForSshAsync(PrimaryServer server, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await server.RunAsync("cloud-init status --wait >/dev/null; true", ct);
                return;
            }
            catch (InvalidOperationException) when (attempt < 60)
            {
                await Task.Delay(500, ct);
            }
        }
    }

    private string Pem(string name) => info.GetProperty("acme").GetProperty(name).GetString()!.Trim() + "\n";

    private string Kept(string name) => Path.Combine(folder.FullName, name);
}
