using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>Support stands beside a client whose run fails: reads along, sees what to do, stops and repeats runs, and finds no secret on the way.</summary>
public sealed class SupportJourney(Demo demo) : Journey(demo)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task FailingRun_FollowedBySupport_SaysWhyAndSucceedsWhenRepeated()
    {
        using var api = await Api.SignInAsync(Demo, "client owner");
        var node = await api.NodeAsync();
        var converge = $"nodes/{node.GetProperty("id").GetString()}/converge";
        var first = await RunAsync(api, converge);
        await api.UntilAsync($"runs/{first}", r => r.GetProperty("run").GetProperty("state").GetString() == "running", Patience);
        var run = await RunAsync(api, converge);
        var page = await Demo.SignInAsync("support");
        await page.GotoAsync($"/runs/{run}");
        await Expect(page.Locator("html[data-live]")).ToHaveCountAsync(1);
        await page.EvaluateAsync("document.documentElement.dataset.openedBefore = ''");
        await EndAsync(api, first);
        var why = page.GetByText("did not answer over SSH").Filter(new() { Visible = true }).First;
        await using (await Lab.CutSshAsync(Demo, node.GetProperty("cloudServerId").GetInt64()))
        {
            await Expect(why).ToBeVisibleAsync(new() { Timeout = 240_000 });
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Retry failed nodes" })).ToBeVisibleAsync();
            await Expect(page.Locator("html[data-opened-before]")).ToHaveCountAsync(1);
            await Looks.FindsNothingAsync(page, "run-failed", Demo.Artifacts);
            await page.SetViewportSizeAsync(390, Looks.Height);
            await Expect(why).ToBeVisibleAsync();
            await page.SetViewportSizeAsync(Looks.Width, Looks.Height);
            await LookAtNextTryAsync(api, run);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Retry failed nodes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel run" }).ClickAsync();
        await Expect(page.GetByText(new Regex("^Cancell?ed")).First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();
        await Expect(page.Locator(".log")).ToContainTextAsync("finished, exit code 0", new() { Timeout = 240_000 });
        Assert.NotEqual($"/runs/{run}", new Uri(page.Url).AbsolutePath);
    }

    /// <summary>The portal itself has queued another try, which says when it starts.</summary>
    private async Task LookAtNextTryAsync(Api api, long run)
    {
        var next = (await api.FirstAsync("runs")).GetProperty("id").GetInt64();
        Assert.NotEqual(run, next);
        var page = await Demo.SignInAsync("support");
        await page.GotoAsync($"/runs/{next}");
        await Expect(page.GetByText("The portal tries it again by itself")).ToBeVisibleAsync();
        await Looks.FindsNothingAsync(page, "run-next-try", Demo.Artifacts);
    }

    private static async Task<long> RunAsync(Api api, string path) => (await api.PostAsync(path, new { })).GetProperty("runId").GetInt64();

    private static Task EndAsync(Api api, long run) =>
        api.UntilAsync($"runs/{run}", r => r.GetProperty("run").GetProperty("endedAt").ValueKind != JsonValueKind.Null, Patience);
}
