using System.Diagnostics;
using System.Text.Json;

namespace HostingPortal.Launcher.Bench;

/// <summary>From the click to a site that answers: new sites with a certificate each, and changes that need none.</summary>
internal sealed class SiteBench(PortalApi owner, string project, string address, string acmeRoot, Figures figures, Progress progress)
{
    public async Task RunAsync(int count, CancellationToken ct)
    {
        var sites = new List<(string Id, string[] Names)>();
        var made = await MeasureAsync("new site", count, i =>
        {
            string[] names = [$"site{i}.{DemoWalk.Zone}", $"www.site{i}.{DemoWalk.Zone}"];
            return (owner.PostAsync("sites", new { projectId = project, kind = i % 2 == 0 ? "php" : "static", names }, ct), names, sites);
        }, ct);
        figures.Add("new site: click → first step line", "p95 ≤ 0.3 s", made.Select(m => m.Run.FirstStep).ToList(), "s");
        figures.Add("new site: click → first Ansible event", "p95 ≤ 1.8 s", made.Select(m => m.Run.FirstEvent).ToList(), "s");
        figures.Add("new site: click → HTTPS 200, certificate ordered", "", made.Select(m => m.Answers).ToList(), "s");
        figures.Add("new site: click → run ended", "", made.Select(m => m.Run.Ended).ToList(), "s");

        // Another main name: the site's files and servers change, its certificate does not.
        var changed = await MeasureAsync("changed site", count, i =>
        {
            var (id, names) = sites[i];
            string[] turned = [names[1], names[0]];
            return (owner.SendAsync(HttpMethod.Patch, $"sites/{id}", new { names = turned }, ct), turned, null);
        }, ct);
        figures.Add("changed site: click → HTTPS 200 under its new main name", "p95 ≤ 4 s", changed.Select(m => m.Answers).ToList(), "s");
        figures.Add("changed site: click → run ended", "", changed.Select(m => m.Run.Ended).ToList(), "s");
    }

    private async Task<List<(RunTimes Run, double Answers)>> MeasureAsync(
        string what, int count, Func<int, (Task<JsonElement> Call, string[] Names, List<(string, string[])>? Known)> change, CancellationToken ct)
    {
        var all = new List<(RunTimes, double)>();
        for (var i = 0; i < count; i++)
        {
            var click = Stopwatch.StartNew();
            var (call, names, known) = change(i);
            var started = await call;
            known?.Add((started.GetProperty("siteId").GetString()!, names));
            var answers = AnswersAsync(names[0], click, ct);
            var run = await RunTimes.FollowAsync(owner, started.GetProperty("runId").GetInt64(), click, ct);
            all.Add((run, await answers));
            progress.Note($"{what} {i + 1} of {count}: first step {run.FirstStep:F2}, first event {run.FirstEvent:F2}, answers {all[^1].Item2:F2}, run ended {run.Ended:F2} s");
        }

        return all;
    }

    private async Task<double> AnswersAsync(string name, Stopwatch click, CancellationToken ct)
    {
        await SiteCheck.AnswersAsync(name, address, acmeRoot, ct);
        return click.Elapsed.TotalSeconds;
    }
}
