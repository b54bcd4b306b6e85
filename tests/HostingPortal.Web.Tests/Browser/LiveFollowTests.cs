using System.Threading.Channels;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>A run that writes 500 lines a second, seen in Chromium: through the real log, database, feed, circuit and renderer.</summary>
[Collection(PortalCollection.Name)]
public sealed class LiveFollowTests(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    private const int PerSecond = 500;

    /// <summary>Lines of the play when the page is opened.</summary>
    private const int Opened = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_FiveHundredLinesASecond_NoneIsMissedAndTheEndStaysInView()
    {
        const int lines = 10 * PerSecond;
        await using var run = await LiveRun.StartAsync(host, Ct);
        await run.WriteAsync(EventText.Play(1), EventText.Task(1, "base", "Install packages"));
        var page = await chromium.AdminAsync(host);
        var watch = await LineWatch.OnAsync(page);
        await page.GotoAsync(run.Address);
        await Expect(page.GetByText("Following")).ToBeVisibleAsync();

        await WriteAsync(run, 1, lines);
        await Expect(page.GetByText($"no={lines} ")).ToBeInViewportAsync();

        var delays = await watch.DelaysAsync();
        var sorted = delays.Values.Order().ToList();
        TestContext.Current.SendDiagnosticMessage(
            $"follow: {lines} lines at {PerSecond}/s, drawn {delays.Count}, median {sorted[sorted.Count / 2]:0} ms, p95 {sorted[(int)(sorted.Count * .95)]:0} ms, most {sorted[^1]:0} ms");
        await Expect(page.Locator(".log-foot")).ToContainTextAsync($"{lines + 2:N0} lines");
        await Expect(page.Locator(".log-foot .warn")).ToHaveCountAsync(0);
        Assert.True(await AtEndAsync(page));
    }

    [Fact]
    public async Task Reader_MovesAndComesBack_EveryWay_HoldsTheViewCountsAndFollowsAgain()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        var page = await OpenAsync(run);
        var last = Opened;
        (string Pause, string Resume)[] ways =
            [("wheel", "F"), ("PageUp", "End"), ("Home", "button"), ("ArrowUp", "bottom"), ("selection", "F"), ("task", "End"), ("scrollbar", "button"), ("line", "F")];
        foreach (var (pause, resume) in ways)
        {
            await MoveAsync(page, pause, last);
            await Expect(page.Locator(".paused")).ToHaveTextAsync($"Paused at line {last + 2}");
            var top = await TopAsync(page);
            await run.WriteAsync([.. Enumerable.Range(last + 1, 46).Select(n => EventText.Item(1, run.Nodes[0], $"line {n}"))]);
            await Expect(page.Locator(".log-foot")).ToContainTextAsync("46 new lines");
            Assert.True(top == await TopAsync(page), $"the view moved after {pause}");
            last += 46;

            await ComeBackAsync(page, resume);
            await Expect(page.GetByText("Following")).ToBeVisibleAsync();
            await Expect(page.GetByText($"line {last}", new() { Exact = true })).ToBeInViewportAsync();
            await run.WriteAsync(EventText.Item(1, run.Nodes[0], $"line {++last}"));
            await Expect(page.GetByText($"line {last}", new() { Exact = true })).ToBeInViewportAsync();
        }
    }

    [Fact]
    public async Task End_OfTheRun_NeitherScrollsNorMovesFocus()
    {
        await using var run = await LiveRun.StartAsync(host, Ct);
        var page = await OpenAsync(run);
        await MoveAsync(page, "PageUp", Opened);
        await Expect(page.Locator(".paused")).ToBeVisibleAsync();
        var top = await TopAsync(page);
        await run.WriteAsync(EventText.Result(1, run.Nodes[0], "changed", "done"), EventText.End());
        await run.EndAsync(RunState.Succeeded);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).ToBeVisibleAsync();
        Assert.Equal(top, await TopAsync(page));
        Assert.Equal("log", await page.EvaluateAsync<string>("document.activeElement.getAttribute('role')"));
    }

    public ValueTask DisposeAsync() => chromium.CloseAsync();

    private async Task<IPage> OpenAsync(LiveRun run)
    {
        await run.WriteAsync(EventText.Play(1), EventText.Task(1, "base", "Install packages"));
        await run.WriteAsync([.. Enumerable.Range(1, Opened).Select(n => EventText.Item(1, run.Nodes[0], $"line {n}"))]);
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync(run.Address);
        await Expect(page.GetByText("Following")).ToBeVisibleAsync();
        await Expect(page.GetByText($"line {Opened}", new() { Exact = true })).ToBeInViewportAsync();
        return page;
    }

    private static async Task MoveAsync(IPage page, string how, int last)
    {
        var log = page.Locator(".log");
        switch (how)
        {
            case "wheel":
                await log.HoverAsync();
                await page.Mouse.WheelAsync(0, -300);
                break;
            case "selection":
                await page.GetByText($"line {last - 2}", new() { Exact = true }).SelectTextAsync();
                break;
            case "task":
                await page.Keyboard.PressAsync("j");
                await Expect(page.Locator("#t1")).ToBeInViewportAsync();
                break;
            case "scrollbar":
                await log.EvaluateAsync("box => { box.scrollTop -= 400; }");
                break;
            case "line":
                await page.Locator($"#L{last + 1} .number").ClickAsync();
                break;
            default:
                await log.PressAsync(how);
                break;
        }
    }

    private static Task ComeBackAsync(IPage page, string how) => how switch
    {
        "F" => page.Keyboard.PressAsync("f"),
        "End" => page.Locator(".log").PressAsync("End"),
        "button" => page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync(),
        _ => page.Locator(".log").EvaluateAsync("box => { box.scrollTop = box.scrollHeight; }"),
    };

    private static Task<bool> AtEndAsync(IPage page) => page.Locator(".log").EvaluateAsync<bool>("box => box.scrollHeight - box.scrollTop - box.clientHeight < 2");

    /// <summary>Where the view stands once it stands still.</summary>
    private static Task<double> TopAsync(IPage page) => page.Locator(".log").EvaluateAsync<double>("""
        async box => {
          for (let top = -1; top !== box.scrollTop;) {
            top = box.scrollTop;
            await new Promise(done => setTimeout(done, 250));
          }
          return box.scrollTop;
        }
        """);

    /// <summary>Writes as a play does, some lines every 10 ms; the log takes what is there, as it takes it from the executor.</summary>
    private static async Task WriteAsync(LiveRun run, int from, int count)
    {
        var written = Channel.CreateUnbounded<string>();
        var storing = Task.Run(async () =>
        {
            while (await written.Reader.WaitToReadAsync(Ct))
            {
                var batch = new List<string>();
                while (written.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                await run.WriteAsync(batch);
            }
        }, Ct);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var at = from; at < from + count && await timer.WaitForNextTickAsync(Ct);)
        {
            for (var n = 0; n < PerSecond / 100 && at < from + count; n++, at++)
            {
                written.Writer.TryWrite(EventText.Item(1, run.Nodes[0], LineWatch.Text(at)));
            }
        }

        written.Writer.Complete();
        await storing;
    }
}
