using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HostingPortal.CloudSandbox;

namespace HostingPortal.Operations.Tests.Backups;

/// <summary>A portal with a real node loses its data folder and comes back from an archive and the key file kept elsewhere.</summary>
public sealed class BackupJourney
{
    [Fact]
    public async Task Restore_AfterTheDataFolderIsGone_EverythingReadsAndRunsGoOn()
    {
        var ct = TestContext.Current.CancellationToken;
        var safe = Directory.CreateTempSubdirectory("hp-safe-");
        await using var portal = new UpPortal();
        await portal.StartAsync(ct);
        var cloudToken = SandboxServer.NewToken();
        var token = await PortalClient.SetUpAsync(portal.Address, await File.ReadAllTextAsync(Path.Combine(portal.Data, "setup-link.txt"), ct), ct);
        var node = await OrderNodeAsync(portal.Address, token, cloudToken, ct);

        // While the portal runs.
        var (made, output) = await portal.CallAsync(ct, "backup", "--to", safe.FullName);
        Assert.True(made == 0, output);
        var archive = Assert.Single(Directory.GetFiles(safe.FullName, "*.tar"));
        var key = Path.Combine(safe.FullName, "copy-of-the.key");
        File.Copy(Path.Combine(portal.Data, "secrets.key"), key);
        var (running, refusal) = await portal.CallAsync(ct, "restore", archive, "--key", key);
        Assert.True(running == 1 && refusal.Contains("Stop it first", StringComparison.Ordinal), refusal);

        await portal.StopAsync();
        Directory.Delete(portal.Data, recursive: true);
        var (without, words) = await portal.CallAsync(ct, "restore", archive);
        Assert.True(without == 1 && words.Contains("--key FILE", StringComparison.Ordinal), words);
        var (restored, report) = await portal.CallAsync(ct, "restore", archive, "--key", key);
        Assert.True(restored == 0, report);
        Assert.Contains("1 clients, 1 nodes, 0 sites; its secrets open", report, StringComparison.Ordinal);

        await portal.StartAsync(ct);
        using var admin = new PortalClient(portal.Address, token);
        Assert.Equal("ready", (await admin.GetAsync($"nodes/{node}", ct)).GetProperty("state").GetString());
        var run = (await admin.PostAsync($"nodes/{node}/converge", new { }, ct)).GetProperty("runId").GetInt64();
        Assert.Equal("succeeded", await admin.WaitAsync(run, ct));
        Assert.Equal([node], await MarkedServersAsync(portal.Settings["Hetzner__Endpoint"], cloudToken, ct));
        safe.Delete(recursive: true);
    }

    /// <returns>The node's id, once it is ready.</returns>
    private static async Task<string> OrderNodeAsync(Uri address, string token, string cloudToken, CancellationToken ct)
    {
        using var admin = new PortalClient(address, token);
        var client = (await admin.PostAsync("clients", new { name = "Acme Studio" }, ct)).GetProperty("id").GetString();
        var account = (await admin.PostAsync("accounts", new { name = "Sandbox", token = cloudToken }, ct)).GetProperty("id").GetString();
        await admin.PutAsync($"accounts/{account}/allotments/{client}", new { monthlyBudget = 50 }, ct);
        var project = (await admin.PostAsync("projects", new { clientId = client, accountId = account, name = "acme-shop" }, ct)).GetProperty("id").GetString();
        var ordered = await admin.PostAsync("nodes", new { projectId = project, name = "web-1", template = "lemp", serverType = "cx23", location = "fsn1", image = "debian-13" }, ct);
        Assert.Equal("succeeded", await admin.WaitAsync(ordered.GetProperty("runId").GetInt64(), ct));
        return ordered.GetProperty("nodeId").GetString()!;
    }

    /// <summary>Which nodes the servers in the Hetzner project say they are: one stray or double would show.</summary>
    private static async Task<List<string>> MarkedServersAsync(string endpoint, string cloudToken, CancellationToken ct)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cloudToken);
        var answer = await http.GetFromJsonAsync<JsonElement>(new Uri($"{endpoint.TrimEnd('/')}/servers"), ct);
        return answer.GetProperty("servers").EnumerateArray().Select(s => s.GetProperty("labels").GetProperty("portal-id").GetString()!).ToList();
    }
}
