using System.Diagnostics;
using System.Net;
using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>What holds for runs on real servers, whatever happens to the portal.</summary>
public sealed class RunGuarantees(Demo demo) : Journey(demo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task KilledPortal_MidRun_RunGoesOnWithoutLostOrDoubledLine()
    {
        using var api = await Api.SignInAsync(Demo, "client owner");
        var page = await Demo.SignInAsync("client owner");
        var run = await ConvergeAsync(api);
        await page.GotoAsync($"/runs/{run}");
        await api.UntilAsync($"runs/{run}", r => r.GetProperty("run").GetProperty("taskCount").GetInt32() >= 2, Patience);
        await Expect(page.Locator("html[data-live]")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        await page.EvaluateAsync("document.documentElement.dataset.openedBefore = ''");
        var portal = int.Parse((await File.ReadAllTextAsync(Path.Combine(State, "portal.pid"))).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        using (var kill = Process.Start("kill", ["-KILL", portal.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await api.UntilAsync($"runs/{run}", r => r.GetProperty("run").GetProperty("endedAt").ValueKind != JsonValueKind.Null, Patience);
        var (state, seqs) = await api.FollowAsync(run);
        Assert.Equal("succeeded", state);
        Assert.Equal(Enumerable.Range(1, seqs.Count), seqs);
        var log = await (await api.SendAsync(HttpMethod.Get, $"runs/{run}/log?format=text")).Content.ReadAsStringAsync();
        Assert.Contains("re-attached", log, StringComparison.Ordinal);
        Assert.Single(log.Split('\n'), l => l.Contains("finished, exit code", StringComparison.Ordinal));

        // The page that was open comes back by itself.
        await Expect(page.Locator("html[data-live]:not([data-opened-before])")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task TwoRuns_OnOneNode_SecondNamesTheFirstAndFollowsIt()
    {
        using var api = await Api.SignInAsync(Demo, "client owner");
        var first = await ConvergeAsync(api);
        await api.UntilAsync($"runs/{first}", r => r.GetProperty("run").GetProperty("state").GetString() == "running", Patience);
        var second = await ConvergeAsync(api);
        var waiting = await api.GetAsync($"runs/{second}");
        Assert.Equal(first, waiting.GetProperty("run").GetProperty("waitsFor").GetInt64());
        await api.FollowAsync(first);
        await api.FollowAsync(second);
        var ended = (await api.GetAsync($"runs/{first}")).GetProperty("run").GetProperty("endedAt").GetDateTime();
        var started = (await api.GetAsync($"runs/{second}")).GetProperty("run").GetProperty("startedAt").GetDateTime();
        Assert.True(started >= ended, $"Run {second} started {started:O}, run {first} ended {ended:O}.");

        var node = (await api.NodeAsync()).GetProperty("id").GetString();
        var line = JsonDocument.Parse(await LoggedAsync(second)).RootElement;
        Assert.Equal([node], line.GetProperty("NodeIds").EnumerateArray().Select(n => n.GetString()));
        Assert.NotEmpty(line.GetProperty("ClientId").GetString()!);
        Assert.NotEmpty(line.GetProperty("ProjectId").GetString()!);
    }

    [Fact]
    public async Task Cancel_WhileThePlayRuns_EndsItAndTheNodeTakesTheNextRun()
    {
        using var api = await Api.SignInAsync(Demo, "client owner");
        var run = await ConvergeAsync(api);
        await api.UntilAsync($"runs/{run}", r => r.GetProperty("run").GetProperty("taskCount").GetInt32() >= 1, Patience);
        await api.PostAsync($"runs/{run}/cancel", new { });
        Assert.Equal("canceled", (await api.FollowAsync(run)).State);
        Assert.Equal("succeeded", (await api.FollowAsync(await ConvergeAsync(api))).State);
    }

    [Fact]
    public async Task OtherClient_OnEveryObject_SeesTheSameAsForAnUnknownId()
    {
        using var admin = await Api.SignInAsync(Demo, "admin");
        var other = (await admin.PostAsync("clients", new { name = $"Other {Guid.NewGuid():N}" })).GetProperty("id").GetString();
        var (email, password) = ($"other-{Guid.NewGuid():N}@hosting.example", $"Kf7-{Guid.NewGuid():N}");
        var code = (await admin.PostAsync("users", new { email, displayName = "Other", role = "client", clientId = other, clientRole = "owner" })).GetProperty("inviteCode").GetString();
        await admin.PostAsync($"invites/{code}", new { password });
        using var stranger = await Api.SignInAsync(Demo, email, password);
        var node = await admin.NodeAsync();
        var site = await admin.FirstAsync("sites");
        var run = (await admin.FirstAsync("runs")).GetProperty("id").GetInt64();
        foreach (var (theirs, unknown) in new[]
        {
            ($"nodes/{node.GetProperty("id").GetString()}", "nodes/n-0000000000000000"),
            ($"projects/{node.GetProperty("projectId").GetString()}", "projects/p-0000000000000000"),
            ($"sites/{site.GetProperty("id").GetString()}", "sites/s-0000000000000000"),
            ($"runs/{run}", "runs/999999999"), ($"runs/{run}/events", "runs/999999999/events"), ($"runs/{run}/log?format=text", "runs/999999999/log?format=text"),
            ($"runs/{run}/lines?from=1&count=10", "runs/999999999/lines?from=1&count=10"),
        })
        {
            Assert.Equal(await BodyAsync(stranger, unknown), await BodyAsync(stranger, theirs));
        }

        foreach (var list in new[] { "clients", "projects", "nodes", "sites", "names", "runs", "changes" })
        {
            Assert.DoesNotContain("acme", (await stranger.GetAsync(list)).GetRawText(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<string> BodyAsync(Api api, string path)
    {
        using var answer = await api.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        return System.Text.RegularExpressions.Regex.Replace(text, "\"correlation\":\"[^\"]*\"", "");
    }

    /// <summary>What the portal's own log says of the run's end; it is written right after the run is told as ended.</summary>
    private async Task<string> LoggedAsync(long run)
    {
        for (var looks = 0; looks < 50; looks++)
        {
            if (File.ReadLines(Path.Combine(State, "logs", "portal.log")).LastOrDefault(l => l.Contains($"\"RunId\":{run},", StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            await Task.Delay(200);
        }

        throw new InvalidOperationException($"The log says nothing of run {run}.");
    }

    private static async Task<long> ConvergeAsync(Api api)
    {
        var node = (await api.NodeAsync()).GetProperty("id").GetString();
        return (await api.PostAsync($"nodes/{node}/converge", new { })).GetProperty("runId").GetInt64();
    }

    private string State => Facts("state");

    private string Facts(string name) => Demo.Facts.GetProperty(name).GetString()!;
}
