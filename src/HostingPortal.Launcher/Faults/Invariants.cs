using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HostingPortal.Launcher.Faults;

/// <summary>What has to hold after every fault. Each breach is one line.</summary>
internal sealed class Invariants(Stage stage, KeptLogs logs, string machines)
{
    private static readonly string[] Own = ["step", "line"];

    /// <param name="runs">The runs of this point, ended.</param>
    /// <param name="mayFail">Whether they may have another end than success.</param>
    public async Task<List<string>> CheckAsync(IReadOnlyList<long> runs, bool mayFail, CancellationToken ct)
    {
        var breaches = new List<string>();
        foreach (var run in runs)
        {
            await CheckRunAsync(run, mayFail, breaches, ct);
        }

        var stuck = await stage.Fleet.Database.QueryAsync(
            "SELECT r.Id, r.State FROM runs r WHERE r.EndedAt IS NULL UNION SELECT l.RunId, 'lock' FROM node_locks l JOIN runs r ON r.Id = l.RunId WHERE r.EndedAt IS NOT NULL", ct);
        breaches.AddRange(stuck.Select(s => $"stuck: run {s[0]} {s[1]}"));
        breaches.AddRange(await UnknownServersAsync(ct));
        breaches.AddRange(Overlaps());
        return breaches;
    }

    /// <summary>A run ended, with a reason where it did not succeed, and holds each event of the executor once, in order.</summary>
    private async Task CheckRunAsync(long run, bool mayFail, List<string> breaches, CancellationToken ct)
    {
        var row = (await stage.Api.GetAsync($"runs/{run}", ct)).GetProperty("run");
        var state = row.GetProperty("state").GetString();
        if (state != "succeeded" && (!mayFail || row.GetProperty("reason").GetString() is null))
        {
            breaches.Add($"lost: run {run} {state} {row.GetProperty("reason")} {row.GetProperty("reasonDetail")}");
        }

        var key = (await stage.Fleet.Database.QueryAsync($"SELECT `Key` FROM runs WHERE Id = {run}", ct))[0][0];
        if (logs.Find(key) is not { } kept)
        {
            return;
        }

        var wrote = (await File.ReadAllLinesAsync(kept, ct)).Where(IsWhole).Select(Plain).ToList();
        var stored = (await stage.Api.ReadAsync($"runs/{run}/log?format=jsonl", ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        if (!stored.Select(e => e["s"]!.GetValue<int>()).SequenceEqual(Enumerable.Range(1, stored.Count)))
        {
            breaches.Add($"log: run {run} has a gap or a double in its numbers");
        }

        var adopted = stored.Where(e => !Own.Contains(e["e"]!.GetValue<string>())).Select(e => Plain(e.ToJsonString())).ToList();
        if (!wrote.SequenceEqual(adopted))
        {
            breaches.Add($"log: run {run} holds {adopted.Count} of {wrote.Count} events of the executor, or others");
        }

        if (wrote.Count(l => l.Contains("\"e\":\"start\"", StringComparison.Ordinal)) > 1)
        {
            breaches.Add($"doubled: run {run} played twice");
        }
    }

    /// <summary>Each server that costs money is one node's, and the other way round.</summary>
    private async Task<IEnumerable<string>> UnknownServersAsync(CancellationToken ct)
    {
        using var hetzner = new HttpClient { BaseAddress = new Uri(stage.Fleet.Sandbox.Api + "/") };
        hetzner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stage.AccountToken);
        var paid = (await hetzner.GetFromJsonAsync<JsonNode>("servers?per_page=50", ct))!["servers"]!.AsArray().Select(s => s!["id"]!.ToString()).ToList();
        var known = (await stage.Fleet.Database.QueryAsync("SELECT CloudServerId FROM nodes WHERE CloudServerId IS NOT NULL AND State <> 'Removed'", ct)).Select(r => r[0]).ToList();
        return paid.Except(known).Select(id => $"paid and unknown: server {id}").Concat(known.Except(paid).Select(id => $"known and not there: server {id}"));
    }

    /// <summary>From the stamps on the nodes: between a play's start and its end no other play of that node starts. A play that was cut off has no end.</summary>
    private IEnumerable<string> Overlaps()
    {
        foreach (var file in Directory.EnumerateDirectories(machines).Select(m => Path.Combine(m, "upper", Stage.Stamps, "log")).Where(File.Exists))
        {
            var lines = File.ReadAllLines(file).Select(l => l.Split(' ')).Where(l => l.Length == 3).ToList();
            foreach (var play in lines.GroupBy(l => l[1]))
            {
                var starts = play.Where(l => l[0] == "start").ToList();
                if (starts.Count > 1 || play.Count(l => l[0] == "end") > 1)
                {
                    yield return $"doubled: play {play.Key} stamped {play.Count()} times";
                }

                if (starts.Count == 0 || play.FirstOrDefault(l => l[0] == "end") is not { } end)
                {
                    continue;
                }

                var (from, to) = (Seconds(starts[0]), Seconds(end));
                foreach (var other in lines.Where(l => l[1] != play.Key && l[0] == "start" && Seconds(l) > from && Seconds(l) < to))
                {
                    yield return $"overlap: play {other[1]} started inside {play.Key}";
                }
            }
        }
    }

    private static double Seconds(string[] stamp) => double.Parse(stamp[2], CultureInfo.InvariantCulture);

    /// <summary>Of a line that was being written when the disk was full, or when the machine went, only a part is there: no event that anybody could keep.</summary>
    private static bool IsWhole(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>An event without its number, which the portal gives anew.</summary>
    private static string Plain(string line)
    {
        var node = JsonNode.Parse(line)!.AsObject();
        node.Remove("s");
        return node.ToJsonString();
    }
}
