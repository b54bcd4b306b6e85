using HostingPortal.Domain.Runs;
using HostingPortal.EndToEnd.Tests;
using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>The run page in Chromium: places, keys, search, tabs, phone, and what axe says in every state.</summary>
[Collection(PortalCollection.Name)]
public sealed class RunPageJourneyTests(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => chromium.CloseAsync();

    [Fact]
    public async Task Places_OfTaskNodeLineAndRange_ScrollMarkAndPause()
    {
        await using var run = await SketchAsync(RunState.Running);
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync(run.Address + "#L12-L14");
        await Expect(page.Locator(".line-row.marked")).ToHaveCountAsync(3);
        await Expect(page.GetByText("Following")).ToHaveCountAsync(0);
        await page.Locator("#L15 .number").ClickAsync();
        await page.Locator("#L18 .number").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        Assert.EndsWith("#L15-L18", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator(".line-row.marked")).ToHaveCountAsync(4);

        await page.GotoAsync("about:blank");
        await page.GotoAsync(run.Address + "#t2-web-2");
        await Expect(page.Locator(".run-pane h2").First).ToContainTextAsync("web-2 failed at task 2");
        await Expect(page.GetByText("Another program on web-2 holds the package lock").Or(page.GetByText("package lock")).First).ToBeVisibleAsync();
        await page.GotoAsync("about:blank");
        await page.GotoAsync(run.Address + "#t1");
        await Expect(page.Locator("#t1")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Keys_OnTheRunPage_MoveFoldWrapAndCopy()
    {
        await using var run = await SketchAsync(RunState.PartlyFailed);
        var page = await chromium.AdminAsync(host);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(run.Address + "#t1");
        await Expect(page.Locator("#t1.current")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#t2.current")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator("#t1.current")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("#t2.current")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("o");
        await Expect(page.Locator("#t2 .caret")).ToHaveAttributeAsync("aria-expanded", "false");
        await page.Keyboard.PressAsync("w");
        await Expect(page.Locator(".log-panel.wrapped")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Time of day instead of offset" })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByText("link copied", new() { Exact = false }).Or(page.Locator(".mud-snackbar")).First).ToBeVisibleAsync();
        Assert.EndsWith($"{run.Address}#t2", await page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_OverTheWholeLog_CountsStepsMarksAndStandsInTheAddress()
    {
        await using var run = await SketchAsync(RunState.PartlyFailed);
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync(run.Address);
        await Expect(page.Locator(".log")).ToBeVisibleAsync();
        await page.GetByLabel("Search the whole log").FillAsync("package number 1");
        await Expect(page.Locator("#log-found")).ToHaveTextAsync("66 hits");
        Assert.Contains("q=package", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Search the whole log").PressAsync("Enter");
        await Expect(page.Locator("#log-found")).ToHaveTextAsync("1 of 66");
        await Expect(page.Locator(".line-row.hit mark").First).ToHaveTextAsync("package number 1");
        await Expect(page.Locator(".hit-rail i").First).ToBeAttachedAsync();
        await page.GetByLabel("Regular expression").ClickAsync();
        await page.GetByLabel("Search the whole log").FillAsync("(");
        await Expect(page.Locator("#log-found.bad")).ToContainTextAsync("no regular expression");
        await page.GetByLabel("Search the whole log").FillAsync("number 1[0-9]$");
        await Expect(page.Locator("#log-found")).ToHaveTextAsync("60 hits");
        await page.ReloadAsync();
        await Expect(page.Locator("#log-found")).ToHaveTextAsync("60 hits");
    }

    [Fact]
    public async Task Pane_Tabs_ShowDiffAndWhatRan()
    {
        await using var run = await SketchAsync(RunState.PartlyFailed);
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync(run.Address + "#t3-web-1");
        await Expect(page.Locator(".run-pane h2").First).ToContainTextAsync("web-1 changed at task 3");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Diff" }).ClickAsync();
        await Expect(page.Locator(".run-pane .diff .added").First).ToContainTextAsync("listen 443");
        await page.GetByRole(AriaRole.Tab, new() { Name = "What ran" }).ClickAsync();
        await Expect(page.Locator(".run-pane")).ToContainTextAsync("ansible-playbook --diff -i inventory/hosts.yml --limit");
        Assert.Contains("tab=ran", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phone_RunThatGoesOn_HasNodesBarAndSheet()
    {
        await using var run = await SketchAsync(RunState.Running);
        var page = await chromium.AdminAsync(host, 390, 844);
        await page.GotoAsync(run.Address);
        await Expect(page.Locator("#log-search")).ToBeEnabledAsync();
        await Expect(page.Locator(".run-nodes li").First).ToContainTextAsync("web-2");
        await Expect(page.Locator(".matrix")).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show tasks × nodes" }).ClickAsync();
        await Expect(page.Locator(".matrix")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Search the whole log")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Details", Exact = true }).ClickAsync();
        await Expect(page.Locator(".run-pane")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".run-pane")).ToBeHiddenAsync();
        await page.Locator(".running-chip").EvaluateAsync("chip => { chip.querySelector('.words').textContent = '120 running'; chip.querySelector('.number').textContent = '120'; }");
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('*')].filter(e => document.documentElement.scrollWidth > innerWidth && e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className)"));
        await page.Locator(".log").EvaluateAsync("box => { box.scrollTop = 0; }");
        await Expect(page.Locator(".resume-float")).ToBeVisibleAsync();
        await run.WriteAsync(EventText.Item(4, run.Nodes[0], "new"));
        await Expect(page.Locator(".resume-float")).ToContainTextAsync("Resume, 1 new line");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, "run-phone.png") });
        await page.Locator(".run-nodes li a").First.ClickAsync();
        await Expect(page.Locator(".run-nodes li a[aria-current]")).ToContainTextAsync("web-2");
    }

    [Theory]
    [InlineData(RunState.Running)]
    [InlineData(RunState.PartlyFailed)]
    [InlineData(RunState.Succeeded)]
    public async Task Axe_InEveryWidthAndTheme_FindsNothing(RunState state)
    {
        await using var run = await SketchAsync(state);
        foreach (var (opened, height, widths) in new[] { (1440, 960, new[] { 1440, 1024 }), (390, 844, [390]) })
        {
            var page = await chromium.AdminAsync(host, opened, height);
            await page.GotoAsync(run.Address + "?q=number");
            await Expect(page.Locator(".line-row, .task-row").First).ToBeVisibleAsync();
            await Expect(page.Locator(".hit-rail i").First).ToBeAttachedAsync();
            foreach (var width in widths)
            {
                await LookAsync(page, state, width, height);
            }
        }
    }

    /// <summary>A scheme changes colours alone, so the dark one is held against their rules.</summary>
    private static async Task LookAsync(IPage page, RunState state, int width, int height)
    {
        await page.SetViewportSizeAsync(width, height);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await Axe.FindsNothingAsync(page, $"run {state} {width} {scheme}", coloursOnly: scheme == ColorScheme.Dark);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"run-{state}-{width}-{scheme}.png".ToLowerInvariant()) });
        }
    }

    private static string Shots { get; } = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    /// <summary>Six nodes, four tasks; web-2 fails at the second unless all goes well; the third changed a file.</summary>
    private async Task<LiveRun> SketchAsync(RunState state)
    {
        var run = await LiveRun.StartAsync(host, Ct, nodes: 6);
        var failing = state == RunState.Succeeded ? null : run.Nodes[1];
        var going = run.Nodes.Where(n => n != failing).ToList();
        await run.WriteAsync(EventText.Play(5), EventText.Task(1, "base", "Install base packages"));
        await run.WriteAsync([.. run.Nodes.SelectMany(n => Enumerable.Range(1, 19).Select(i => EventText.Item(1, n, $"package number {i}")).Append(EventText.Result(1, n, "ok")))]);
        await run.WriteAsync([EventText.Task(2, "php_fpm", "Install PHP 8.4 packages"), .. run.Nodes.Select(n => n == failing
            ? EventText.Result(2, n, "failed", "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 2214 (unattended-upgr)", "Reading package lists...\nE: Unable to acquire the dpkg frontend lock")
            : EventText.Result(2, n, "changed", "4 packages installed: php8.4-fpm php8.4-cli php8.4-mysql php8.4-intl"))]);
        await run.WriteAsync([EventText.Task(3, "nginx", "Write server blocks"), .. going.Select(n => EventText.Diff(3, n, "--- before\n+++ after\n@@ -1 +1,2 @@\n-listen 80;\n+listen 443 ssl;\n+listen [::]:443 ssl;"))]);
        await run.WriteAsync([EventText.Task(4, "sites", "Apply sites"), EventText.Item(4, going[0], "\u001b[32mspring.acme.example\u001b[0m created"), EventText.Result(4, going[0], "changed", "1 of 214 sites: spring.acme.example created")]);
        if (state != RunState.Running)
        {
            await run.WriteAsync([.. going.Skip(1).Select(n => EventText.Result(4, n, "changed")), EventText.End(failing is null ? 0 : 2)]);
            await run.EndAsync(state);
        }

        return run;
    }
}
