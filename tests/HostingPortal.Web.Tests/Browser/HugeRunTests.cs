using System.Diagnostics;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>Runs beyond what a browser can hold at once.</summary>
[Collection(PortalCollection.Name)]
public sealed class HugeRunTests(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    private const int Lines = 1_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => chromium.CloseAsync();

    [Fact]
    public async Task Log_OfAMillionLines_ScrollsToAnyOfThemWithFewRows()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        foreach (var batch in Enumerable.Range(0, Lines / 50).Chunk(200))
        {
            await run.WriteAsync([.. batch.Select(e => EventText.Line(string.Join('\n', Enumerable.Range((e * 50) + 1, 50).Select(n => $"line {n} unpacked"))))]);
        }

        await run.EndAsync(RunState.Succeeded);
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync("/runs");
        var watch = Stopwatch.StartNew();
        await page.GotoAsync(run.Address + "?show=raw");
        await Expect(page.GetByText("line 1 unpacked", new() { Exact = true })).ToBeVisibleAsync();
        Say($"opened in {watch.ElapsedMilliseconds} ms");

        watch.Restart();
        await page.Locator(".log").EvaluateAsync("box => { box.scrollTop = box.scrollHeight; }");
        await Expect(page.GetByText($"line {Lines} unpacked", new() { Exact = true })).ToBeInViewportAsync();
        Say($"to the last line in {watch.ElapsedMilliseconds} ms");
        await page.Locator(".log").EvaluateAsync("box => { box.scrollTop = box.scrollHeight / 2; }");
        await Expect(page.Locator("#L500000")).ToBeAttachedAsync();
        Assert.InRange(await page.Locator(".log *").CountAsync(), 1, 2000);

        watch.Restart();
        await page.GetByLabel("Search the whole log").FillAsync($"line {Lines - 5} unpacked");
        await Expect(page.Locator("#log-found")).ToHaveTextAsync("1 hit");
        Say($"only hit, at the end, found in {watch.ElapsedMilliseconds} ms");
        await page.GetByLabel("Search the whole log").PressAsync("Enter");
        await Expect(page.Locator(".line-row.hit")).ToContainTextAsync($"line {Lines - 5} unpacked");
    }

    [Fact]
    public async Task Line_TooLongToDraw_IsCutAndShownWholeOnItsOwn()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        await run.WriteAsync(EventText.Line(new string('x', 3_000_000) + "<b>end</b>"), "no \u0000 event \u001b[2J", EventText.Line("after"));
        await run.EndAsync(RunState.Failed);
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync(run.Address);
        await Expect(page.GetByText("after", new() { Exact = true })).ToBeVisibleAsync();
        var whole = await page.RunAndWaitForPopupAsync(() => page.GetByText("Show all, 2.8 MiB more").ClickAsync());
        await whole.WaitForLoadStateAsync();
        Assert.EndsWith("x<b>end</b>", await whole.EvaluateAsync<string>("document.body.textContent"), StringComparison.Ordinal);
        Assert.Equal(3_000_010, await whole.EvaluateAsync<int>("document.body.textContent.length"));
    }

    [Fact]
    public async Task Matrix_OfAHundredThousandCells_IsAPictureThatCanBeClicked()
    {
        await using var run = await LiveRun.StartAsync(host, Ct, nodes: 2000);
        await run.WriteAsync(EventText.Play(50));
        for (var task = 1; task <= 50; task++)
        {
            await run.WriteAsync([EventText.Task(task, $"role{task / 10}", $"Task {task}"), .. run.Nodes.Select(n => EventText.Result(task, n, task == 50 && n == run.Nodes[1500] ? "failed" : "ok", milliseconds: 1))]);
        }

        var page = await chromium.AdminAsync(host);
        var watch = Stopwatch.StartNew();
        await page.GotoAsync(run.Address);
        await Expect(page.Locator(".run-nodes li").First).ToContainTextAsync("web-1501");
        await Expect(page.Locator(".matrix canvas")).ToBeVisibleAsync();
        Say($"100,000 results opened in {watch.ElapsedMilliseconds} ms");
        Assert.InRange(await page.Locator("main *").CountAsync(), 1, 3000);
        await page.Locator(".matrix canvas").ClickAsync(new() { Position = new() { X = (49 * 12) + 6, Y = 6 } });
        await Expect(page.Locator(".run-pane h2").First).ToContainTextAsync("web-1501 failed at task 50");
    }

    private static void Say(string text) => TestContext.Current.SendDiagnosticMessage("huge run: " + text);
}
