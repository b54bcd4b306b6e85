using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HostingPortal.Launcher.Cluster;
using HostingPortal.Launcher.Faults;

namespace HostingPortal.Launcher.Bench;

/// <summary>
/// What a run costs: the same play of at least 30 seconds through the portal, by bare ansible-playbook on the same executor and with ARA's callback, taken in turns; and how soon a
/// click shows.
/// </summary>
internal sealed class RunBench(Stage stage, ExecutorShell executor, Figures figures, Progress progress)
{
    private const int Clicks = 10;

    /// <summary>A hundred results that take their time, so that a play lasts as long as one of many nodes does.</summary>
    private const string Wait = """
          post_tasks:
            - name: Take the time a larger node would
              ansible.builtin.command: sleep 0.2
              changed_when: false
              loop: "{{ range(100) | list }}"

        """;

    public static async Task RunAsync(Places places, Figures figures, int pairs, Progress progress, CancellationToken ct)
    {
        await using var fleet = await Fleet.StartAsync(places, 1, ContentCopy.Make(places, ["converge-nodes"], Wait), spread: false, progress, ct);
        using var api = new FaultApi(fleet.Address);
        var stage = new Stage(fleet, api) { OperatorToken = "" };
        await stage.BuildAsync(1, progress, ct);
        var bench = new RunBench(stage, ExecutorShell.Find(places), figures, progress);
        await bench.ClicksAsync(ct);
        await bench.PairsAsync(pairs, ct);
    }

    private async Task ClicksAsync(CancellationToken ct)
    {
        using var api = new PortalApi(stage.Fleet.Address, stage.Api.Word);
        var times = new List<RunTimes>();
        for (var i = 0; i < Clicks; i++)
        {
            var click = Stopwatch.StartNew();
            var run = await stage.AddSiteAsync(stage.Nodes[0].Id, string.Create(CultureInfo.InvariantCulture, $"click{i}"), ct);
            times.Add(await RunTimes.FollowAsync(api, run, click, ct));
        }

        figures.Add("click → portal's first step line", "p95 ≤ 0.3 s", times.Select(t => t.FirstStep).ToList(), "s");
        figures.Add("click → first Ansible event, direct project", "p95 ≤ 1.8 s", times.Select(t => t.FirstEvent).ToList(), "s");
    }

    private async Task PairsAsync(int pairs, CancellationToken ct)
    {
        var bare = new BarePlays(executor);
        await progress.StepAsync("ARA from Debian's archive onto the executor", () => bare.InstallAraAsync(ct));
        var (through, whole, alone, ara) = (new List<PlayCost>(), new List<double>(), new List<PlayCost>(), new List<PlayCost>());
        for (var pair = 1; pair <= pairs; pair++)
        {
            var (run, cost, all) = await ThroughAsync(ct);
            through.Add(cost);
            whole.Add(all);
            alone.Add(await bare.PlayAsync(run, ara: false, ct));
            ara.Add(await bare.PlayAsync(run, ara: true, ct));
            progress.Note(string.Create(CultureInfo.InvariantCulture, $"pair {pair} of {pairs}: portal {cost.Seconds:F1} s, bare {alone[^1].Seconds:F1} s, ARA {ara[^1].Seconds:F1} s"));
        }

        figures.Add("play through the portal", "", through.ConvertAll(c => c.Seconds), "s");
        figures.Add("the same play, bare ansible-playbook", "≥ 30 s", alone.ConvertAll(c => c.Seconds), "s");
        figures.Add("the same play with ARA's callback", "", ara.ConvertAll(c => c.Seconds), "s");
        figures.Add("portal / bare", "median ≤ 1.03", through.Zip(alone, (p, b) => p.Seconds / b.Seconds).ToList(), "×");
        figures.Add("ARA / bare", "", ara.Zip(alone, (a, b) => a.Seconds / b.Seconds).ToList(), "×");
        figures.Add("click → run ended, commit, record and all", "", whole, "s");
        figures.Add("processor time of the portal for such a run", "", through.ConvertAll(c => c.Cpu), "s");
        figures.Add("processor time of bare ansible-playbook", "", alone.ConvertAll(c => c.Cpu), "s");
        figures.Add("processor time with ARA's callback", "", ara.ConvertAll(c => c.Cpu), "s");
        figures.Add("resident memory of the portal meanwhile", "", through.ConvertAll(c => c.Memory), "MB");
        figures.Add("most resident memory of bare ansible-playbook", "", alone.ConvertAll(c => c.Memory), "MB");
        figures.Add("most resident memory with ARA's callback", "", ara.ConvertAll(c => c.Memory), "MB");
    }

    /// <summary>A converge; its cost is that of the step that plays, the portal's processor time that of the whole run.</summary>
    private async Task<(JsonElement Run, PlayCost Cost, double Whole)> ThroughAsync(CancellationToken ct)
    {
        var portal = stage.Fleet.Instances[0].ProcessId;
        var (before, watch) = (PlayCost.Of(portal).Cpu, Stopwatch.StartNew());
        var id = await stage.ConvergeAsync(stage.Nodes[0].Id, ct);
        await stage.EndAsync(id, ct);
        var (whole, (cpu, memory)) = (watch.Elapsed.TotalSeconds, PlayCost.Of(portal));
        var detail = await stage.Api.GetAsync($"runs/{id}", ct);
        if (detail.GetProperty("run").GetProperty("state").GetString() != "succeeded")
        {
            throw new LaunchException($"Run {id} ended as {detail.GetProperty("run")}.");
        }

        var play = detail.GetProperty("steps").EnumerateArray().First(s => s.GetProperty("name").GetString() == "play");
        var seconds = (play.GetProperty("endedAt").GetDateTime() - play.GetProperty("startedAt").GetDateTime()).TotalSeconds;
        return (detail.GetProperty("run"), new PlayCost(seconds, cpu - before, memory), whole);
    }
}
