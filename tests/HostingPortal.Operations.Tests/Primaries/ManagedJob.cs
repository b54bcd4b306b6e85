using System.Text.Json;

namespace HostingPortal.Operations.Tests.Primaries;

/// <summary>A managed project with its master, a node and a site on it.</summary>
/// <param name="Master">The master's node id.</param>
internal sealed record ManagedJob(string Project, string Master, string Node, string Site)
{
    public static async Task<ManagedJob> RunAsync(MainJob work, PortalClient admin, CancellationToken ct)
    {
        var project = Text(await admin.PostAsync("projects", new { clientId = work.Client, accountId = work.Account, name = "managed", mode = "managed" }, ct), "id");
        var master = await OrderAsync(admin, project, "master", "project-master", ct);
        var node = await OrderAsync(admin, project, "web-m", "lemp", ct);
        var site = await admin.PostAsync("sites", new { projectId = project, kind = "static", names = new[] { "managed.acme-studio.example" } }, ct);
        Assert.Equal("succeeded", await admin.WaitAsync(site.GetProperty("runId").GetInt64(), ct));
        return new ManagedJob(project, master, node, Text(site, "siteId"));
    }

    /// <summary>The way onto the machines, which goes on when the portal does not.</summary>
    public async Task<ManagedShell> ShellAsync(PrimaryServer primary, PortalClient admin, CancellationToken ct) => new(
        primary, Project, (await primary.RunAsync($"mariadb portal -N -e \"SELECT InventoryId FROM project_masters WHERE ProjectId = '{Project}'\"", ct)).Trim(),
        Text(await admin.GetAsync($"nodes/{Master}", ct), "publicIpv4"), Text(await admin.GetAsync($"nodes/{Node}", ct), "privateIpv4"));

    public static async Task<string> OrderAsync(PortalClient admin, string project, string name, string template, CancellationToken ct)
    {
        var ordered = await admin.PostAsync("nodes", new { projectId = project, name, template, serverType = "cx23", location = "fsn1", image = "debian-13" }, ct);
        Assert.Equal("succeeded", await admin.WaitAsync(ordered.GetProperty("runId").GetInt64(), ct));
        return Text(ordered, "nodeId");
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
