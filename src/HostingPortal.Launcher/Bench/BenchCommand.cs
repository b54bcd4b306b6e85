using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.Launcher.Bench;

/// <summary>Measures the product on real servers of the sandbox and prints one table. The machine should do nothing else meanwhile.</summary>
internal static class BenchCommand
{
    private const int Times = 10;
    private const int Pairs = 15;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(Places places, string[] what, CancellationToken ct)
    {
        var figures = new Figures();
        switch (what)
        {
            case ["sites"]:
                await SitesAsync(places, figures, ct);
                break;
            case ["runs"]:
                await RunsAsync(places, Pairs, figures, ct);
                break;
            case ["runs", "--pairs", var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var pairs) && pairs > 0:
                await RunsAsync(places, pairs, figures, ct);
                break;
            case ["load"]:
                await LoadBench.RunAsync(Places.FromEnvironment("bench-pages"), figures, ct);
                break;
            case []:
                await SitesAsync(places, figures, ct);
                await RunsAsync(places, Pairs, figures, ct);
                PageFigures.Sum(await PageBench.MeasureAsync(Places.FromEnvironment("bench-pages"), [], ct), figures);
                await LoadBench.RunAsync(Places.FromEnvironment("bench-pages"), figures, ct);
                break;
            default:
                throw new LaunchException("There are four benches, and all of them in one table: portal bench sites, portal bench runs [--pairs 15], portal bench pages, portal bench load, portal bench");
        }

        figures.Print(Console.Out);
        return 0;
    }

    private static async Task SitesAsync(Places places, Figures figures, CancellationToken ct)
    {
        await Leftovers.CleanAsync(places, ct);
        places.Empty();
        var progress = new Progress();
        await using var stack = await Stack.StartAsync(places, progress, ct);
        var walk = new DemoWalk(stack.Sandbox, stack.Portal, places, progress);
        var project = await walk.ProjectAsync(ct);
        using var owner = await walk.SignInAsync("client owner", ct);

        var calls = await CallsAsync(stack.Sandbox, ct);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var node = await progress.StepAsync("node from template lemp, the executor's own set-up included", () => walk.NodeAsync(owner, project, ct));
        figures.Add("order → node ready, the executor's set-up included", "", watch.Elapsed.TotalSeconds, "s");
        figures.Add("API calls for that server, offer and prices included", "≤ 20", await CallsAsync(stack.Sandbox, ct) - calls, "calls");

        var bench = new SiteBench(owner, project, node.GetProperty("publicIpv4").GetString()!, stack.Sandbox.AcmeRoot, figures, progress);
        await progress.StepAsync($"{Times} new sites, {Times} changes", () => bench.RunAsync(Times, ct));
        figures.Add("portal: resident memory after these runs", "", PlayCost.Of(stack.Portal.ProcessId).Memory, "MB");

        var starts = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            starts.Add((await stack.RestartPortalAsync(ct)).TotalSeconds);
        }

        figures.Add("portal: start-up to /healthz", "< 4 s", starts, "s");
        await Task.Delay(Quiet, ct);
        figures.Add($"portal: resident memory idle, {Quiet.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s after its start", "< 250 MB", PlayCost.Of(stack.Portal.ProcessId).Memory, "MB");
        await WatchedRunAsync(stack, walk, owner, node.GetProperty("id").GetString()!, figures, progress, ct);
    }

    private static async Task WatchedRunAsync(Stack stack, DemoWalk walk, PortalApi owner, string node, Figures figures, Progress progress, CancellationToken ct)
    {
        var (_, email, password) = walk.Logins.First(l => l.Role == "admin");
        using var admin = await Visit.SignInAsync(stack.Portal.Address, email, password, ct);
        var run = (await owner.PostAsync($"nodes/{node}/converge", new { }, ct)).GetProperty("runId").GetInt64();
        await using var page = await admin.GoLiveAsync($"/runs/{run}", ct);
        await owner.WatchAsync(run, progress, ct);
        figures.Add("portal: resident memory with a run on screen, at its end", "", PlayCost.Of(stack.Portal.ProcessId).Memory, "MB");
    }

    private static async Task RunsAsync(Places sites, int pairs, Figures figures, CancellationToken ct)
    {
        var places = sites with { State = sites.State + "-runs" };
        await Leftovers.CleanAsync(places, ct);
        if (Directory.Exists(places.State))
        {
            Directory.Delete(places.State, recursive: true);
        }

        Directory.CreateDirectory(places.State);
        await RunBench.RunAsync(places, figures, pairs, new Progress(), ct);
    }

    /// <summary>Requests to Hetzner's API so far, as the sandbox counts them.</summary>
    private static async Task<int> CallsAsync(SandboxChild sandbox, CancellationToken ct)
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<JsonElement>(new Uri(sandbox.Control, "requests"), ct)).GetProperty("total").GetInt32();
    }
}
