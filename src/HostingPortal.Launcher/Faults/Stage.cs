using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using HostingPortal.Launcher.Cluster;

namespace HostingPortal.Launcher.Faults;

/// <summary>What faults happen to: a client with a project, nodes and sites, made through the REST API.</summary>
internal sealed class Stage(Fleet fleet, FaultApi api)
{
    private const string Zone = "faults.example";

    /// <summary>The stamps every play leaves on its node, one line each: <c>start RUN SECONDS</c> and <c>end RUN SECONDS</c>.</summary>
    public const string Stamps = "var/lib/portal-stamps";

    public string ProjectId { get; private set; } = "";

    public string AccountToken { get; } = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 64);

    /// <summary>Of the Hetzner project the executor lives in.</summary>
    public required string OperatorToken { get; init; }

    public RedisChild? Redis { get; init; }

    /// <summary>What the executor writes to, where it is small enough to be filled.</summary>
    public SmallDisk? ExecutorDisk { get; init; }

    /// <summary>Nodes that stay, by name.</summary>
    public List<(string Id, string Name)> Nodes { get; } = [];

    public FaultApi Api { get; } = api;

    public Fleet Fleet { get; } = fleet;

    /// <summary>Copies the content and has both playbooks stamp their start and end on the node.</summary>
    public static string StampedContent(Places places) =>
        ContentCopy.Make(places, ["converge-nodes", "apply-sites"], Stamp("pre_tasks", "start") + Stamp("post_tasks", "end"));

    public async Task BuildAsync(int nodes, Progress progress, CancellationToken ct)
    {
        await progress.StepAsync("admin, client, account, project", () => PeopleAsync(ct));
        await progress.StepAsync($"{nodes} nodes with a site each", async () =>
        {
            var runs = new List<long>();
            for (var i = 1; i <= nodes; i++)
            {
                var (node, run) = await OrderAsync($"web-{i}", ct);
                Nodes.Add((node, $"web-{i}"));
                runs.Add(run);
            }

            await RequireAsync(runs, ct);
            runs.Clear();
            foreach (var (id, name) in Nodes)
            {
                runs.Add(await AddSiteAsync(id, name, ct));
            }

            await RequireAsync(runs, ct);
        });
    }

    public async Task<(string Node, long Run)> OrderAsync(string name, CancellationToken ct)
    {
        var ordered = await Api.PostAsync("nodes", new { projectId = ProjectId, name, template = "lemp", serverType = "cx23", location = "fsn1", image = "debian-13" }, ct);
        return (ordered.GetProperty("nodeId").GetString()!, ordered.GetProperty("runId").GetInt64());
    }

    public async Task<long> RemoveAsync(string node, string name, CancellationToken ct) =>
        (await Api.DeleteAsync($"nodes/{node}", new { name }, ct)).GetProperty("runId").GetInt64();

    public async Task<long> AddSiteAsync(string node, string name, CancellationToken ct) =>
        (await Api.PostAsync("sites", new { projectId = ProjectId, nodeId = node, kind = "static", names = new[] { $"{name}.{Zone}" } }, ct)).GetProperty("runId").GetInt64();

    public async Task<long> ConvergeAsync(string node, CancellationToken ct) => (await Api.PostAsync($"nodes/{node}/converge", new { }, ct)).GetProperty("runId").GetInt64();

    /// <summary>The run once it has ended.</summary>
    public async Task<JsonElement> EndAsync(long run, CancellationToken ct)
    {
        while (true)
        {
            var row = (await Api.GetAsync($"runs/{run}", ct)).GetProperty("run");
            if (row.GetProperty("endedAt").ValueKind != JsonValueKind.Null)
            {
                return row;
            }

            await Task.Delay(250, ct);
        }
    }

    private async Task RequireAsync(List<long> runs, CancellationToken ct)
    {
        foreach (var id in runs)
        {
            if (await EndAsync(id, ct) is var run && run.GetProperty("state").GetString() != "succeeded")
            {
                throw new LaunchException($"Run {id} of the preparation ended as {run}.");
            }
        }
    }

    private static string Stamp(string section, string word) => $$$"""
          {{{section}}}:
            - name: Stamp the {{{word}}}
              ansible.builtin.shell: mkdir -p /{{{Stamps}}} && echo "{{{word}}} {{ portal_run }} $(date +%s.%N)" >>/{{{Stamps}}}/log
              tags: [always]

        """;

    private async Task PeopleAsync(CancellationToken ct)
    {
        var link = new Uri((await File.ReadAllTextAsync(Fleet.Instances[0].SetupLink, ct)).Trim());
        var (email, password) = ("faults@hosting.example", $"Kf7-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        await Api.PostAsync("setup", new { code = link.Query["?code=".Length..], email, displayName = "Faults", password }, ct);
        Api.Token = (await Api.PostAsync("tokens", new { email, password, name = "faults" }, ct)).GetProperty("token").GetString();
        using var hetzner = new HttpClient { BaseAddress = new Uri(Fleet.Sandbox.Api + "/") };
        hetzner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccountToken);
        (await hetzner.PostAsJsonAsync("zones", new { name = Zone, mode = "primary" }, ct)).EnsureSuccessStatusCode();
        var client = (await Api.PostAsync("clients", new { name = "Fault campaign" }, ct)).GetProperty("id").GetString();
        var account = (await Api.PostAsync("accounts", new { name = "Sandbox", token = AccountToken }, ct)).GetProperty("id").GetString();
        await Api.PutAsync($"accounts/{account}/allotments/{client}", new { monthlyBudget = 500 }, ct);
        await Api.PutAsync($"accounts/{account}/zones/{Zone}", new { clientId = client }, ct);
        ProjectId = (await Api.PostAsync("projects", new { clientId = client, accountId = account, name = "faults" }, ct)).GetProperty("id").GetString()!;
    }
}
