using System.Net.Http.Json;
using HostingPortal.CloudSandbox;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>Client, account, project, node, site with a certificate through the portal's own broker.</summary>
/// <param name="CloudToken">Of the client's Hetzner project.</param>
internal sealed record MainJob(string Client, string Account, string Project, string Node, string Site, string CloudToken)
{
    private const string Zone = "acme-studio.example";

    public static async Task<MainJob> RunAsync(PrimaryLab lab, PortalClient admin, CancellationToken ct)
    {
        var cloudToken = SandboxServer.NewToken();
        using var cloud = lab.CloudOf(cloudToken);
        (await cloud.PostAsJsonAsync("zones", new { name = Zone, mode = "primary" }, ct)).EnsureSuccessStatusCode();
        var client = Text(await admin.PostAsync("clients", new { name = "Acme Studio" }, ct), "id");
        var account = Text(await admin.PostAsync("accounts", new { name = "Sandbox", token = cloudToken }, ct), "id");
        await admin.PutAsync($"accounts/{account}/allotments/{client}", new { monthlyBudget = 100 }, ct);
        await admin.PutAsync($"accounts/{account}/zones/{Zone}", new { clientId = client }, ct);
        var project = Text(await admin.PostAsync("projects", new { clientId = client, accountId = account, name = "acme-shop" }, ct), "id");
        var ordered = await admin.PostAsync("nodes", new { projectId = project, name = "web-1", template = "lemp", serverType = "cx23", location = "fsn1", image = "debian-13" }, ct);
        Assert.Equal("succeeded", await admin.WaitAsync(ordered.GetProperty("runId").GetInt64(), ct));
        var node = Text(ordered, "nodeId");
        Assert.Equal("ready", Text(await admin.GetAsync($"nodes/{node}", ct), "state"));
        var site = await admin.PostAsync("sites", new { projectId = project, kind = "static", names = new[] { $"www.{Zone}" } }, ct);
        Assert.Equal("succeeded", await admin.WaitAsync(site.GetProperty("runId").GetInt64(), ct));
        Assert.Equal("online", Text(await admin.GetAsync($"sites/{Text(site, "siteId")}", ct), "state"));
        return new MainJob(client, account, project, node, Text(site, "siteId"), cloudToken);
    }

    private static string Text(System.Text.Json.JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
