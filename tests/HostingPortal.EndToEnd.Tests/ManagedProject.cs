using System.Text.Json;
using Microsoft.Playwright;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>A managed project on real servers: its master, a node set up through it, a site, and who reaches whom.</summary>
public sealed class ManagedProject(Demo demo) : Journey(demo)
{
    [Fact]
    public async Task Managed_FromProjectToSite_OnlyTheMasterReachesTheNode()
    {
        using var owner = await Api.SignInAsync(Demo, "client owner");
        var direct = await owner.FirstAsync("projects");
        var project = (await owner.PostAsync("projects", new
        {
            clientId = direct.GetProperty("clientId").GetString(), accountId = direct.GetProperty("accountId").GetString(), name = "managed", mode = "managed",
        })).GetProperty("id").GetString()!;
        Assert.Equal(["project-master"], await TemplatesAsync(owner, project));
        var master = await OrderAsync(owner, project, "master", "project-master");
        Assert.DoesNotContain("project-master", await TemplatesAsync(owner, project));
        var node = await OrderAsync(owner, project, "web-1", "lemp");
        var site = await owner.PostAsync("sites", new { projectId = project, kind = "static", names = new[] { $"managed.{Demo.Zone}" } });
        Assert.Equal("succeeded", (await owner.FollowAsync(site.GetProperty("runId").GetInt64())).State);
        Assert.Equal("online", (await owner.GetAsync($"sites/{site.GetProperty("siteId").GetString()}")).GetProperty("state").GetString());
        Assert.Equal("managed", (await owner.GetAsync($"projects/{project}/reach")).GetProperty("mode").GetString());

        var page = await Demo.SignInAsync("client owner", scheme: ColorScheme.Dark);
        await page.GotoAsync($"/projects/{project}");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Who can reach what" }).WaitForAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "Private network" }).WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "managed-project.png"), FullPage = true });
        await LookAsync(page, new() { ["project"] = $"/projects/{project}", ["master"] = $"/projects/{project}/nodes/{Text(master, "id")}", ["node"] = $"/projects/{project}/nodes/{Text(node, "id")}" });
        await TryEveryPairAsync(owner, direct.GetProperty("id").GetString()!, master, node);
    }

    /// <summary>The pages of a managed project, once the master's health is there.</summary>
    private async Task LookAsync(IPage page, Dictionary<string, string> addresses)
    {
        var findings = new List<string>();
        foreach (var (name, address) in addresses)
        {
            await page.GotoAsync(address);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Looks.TakeAsync(page, $"/managed-{name}", Demo.Artifacts, findings);
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    /// <summary>Sends from each machine's own network to port 22 of each address; what answers is compared with what should.</summary>
    private async Task TryEveryPairAsync(Api owner, string directProject, JsonElement master, JsonElement node)
    {
        var other = (await owner.GetAsync($"nodes?projectId={directProject}")).GetProperty("items")[0];
        var machines = new Dictionary<string, string>
        {
            ["executor"] = await Lab.NamespaceAsync(Demo, await Lab.ExecutorIdAsync(Demo)), ["master"] = await Lab.NamespaceAsync(Demo, master.GetProperty("cloudServerId").GetInt64()),
            ["node"] = await Lab.NamespaceAsync(Demo, node.GetProperty("cloudServerId").GetInt64()), ["other project"] = await Lab.NamespaceAsync(Demo, other.GetProperty("cloudServerId").GetInt64()),
            ["portal"] = "",
        };
        var targets = new Dictionary<string, string>
        {
            ["master"] = Text(master, "publicIpv4"), ["master, IPv6"] = Text(master, "publicIpv6"), ["master, inside"] = Text(master, "privateIpv4"),
            ["node"] = Text(node, "publicIpv4"), ["node, IPv6"] = Text(node, "publicIpv6"), ["node, inside"] = Text(node, "privateIpv4"),
            ["other project"] = Text(other, "publicIpv4"),
        };
        var open = new List<string>();
        foreach (var (from, place) in machines)
        {
            // A private network exists for its servers alone: outside of it the same addresses are somebody else's.
            foreach (var (to, address) in targets.Where(t => t.Key.Split(',')[0] != from && (place.Length > 0 || !t.Key.EndsWith("inside", StringComparison.Ordinal))))
            {
                if (await Lab.AnswersAsync(place, address, 22))
                {
                    open.Add($"{from} -> {to}");
                }
            }
        }

        Assert.Equal(["executor -> master", "executor -> master, IPv6", "executor -> other project", "master -> node, inside", "portal -> master"], open.Order(StringComparer.Ordinal));
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static async Task<List<string>> TemplatesAsync(Api owner, string project) =>
        (await owner.GetAsync($"projects/{project}/offer")).GetProperty("templates").EnumerateArray().Select(t => t.GetProperty("name").GetString()!).ToList();

    private static async Task<JsonElement> OrderAsync(Api owner, string project, string name, string template)
    {
        var ordered = await owner.PostAsync("nodes", new { projectId = project, name, template, serverType = "cx23", location = "fsn1", image = "debian-13" });
        Assert.Equal("succeeded", (await owner.FollowAsync(ordered.GetProperty("runId").GetInt64())).State);
        var node = await owner.GetAsync($"nodes/{ordered.GetProperty("nodeId").GetString()}");
        Assert.Equal("ready", node.GetProperty("state").GetString());
        return node;
    }
}
