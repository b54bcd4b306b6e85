using System.Globalization;
using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>A page opened by its address: what was drawn first stays on the screen while the live connection takes it over.</summary>
[Collection(PortalCollection.Name)]
public sealed class TakeOverJourney(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    /// <summary>Counts how often something that was there has gone from the document.</summary>
    private const string Watch = """
        window.vanished = []; let seen = new Set();
        const look = () => { for (const name of ['h1', '.side-nav a, nav a', 'tbody tr, .tile, .panel', '.log', '.matrix']) {
            const there = document.querySelector(name) !== null;
            if (there) { seen.add(name); } else if (seen.has(name)) { window.vanished.push(name); } } };
        new MutationObserver(look).observe(document, { childList: true, subtree: true });
        """;

    public ValueTask DisposeAsync() => chromium.CloseAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/sites")]
    [InlineData("/clients")]
    [InlineData("/audit")]
    [InlineData("/runs/{0}")]
    public async Task Page_TakenOverByTheCircuit_LosesNothingMeanwhile(string pattern)
    {
        var tenant = await Tenant.CreateAsync(host, "to" + Guid.NewGuid().ToString("n")[..8], TestContext.Current.CancellationToken);
        var address = string.Format(CultureInfo.InvariantCulture, pattern, tenant.RunId);
        var page = await chromium.AdminAsync(host);
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Chromium.LiveAsync(page);
        Assert.Empty(await page.EvaluateAsync<string[]>("window.vanished"));
    }

    /// <summary>Between press and release the element is another one: that is what the take-over does.</summary>
    [Fact]
    public async Task Link_ReplacedWhileItIsPressed_LeadsWhereItSays()
    {
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync("/sites");
        var link = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Runs" });
        await Chromium.LiveAsync(page);
        await link.HoverAsync();
        await page.Mouse.DownAsync();
        await link.EvaluateAsync("link => link.replaceWith(link.cloneNode(true))");
        await page.Mouse.UpAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Runs");
    }

    [Fact]
    public async Task Link_ClickedBeforeThePageIsLive_LeadsWhereItSays()
    {
        var page = await chromium.AdminAsync(host);
        foreach (var (from, link) in new[] { ("/sites", "Runs"), ("/runs", "Clients"), ("/clients", "Sites"), ("/", "Nodes") })
        {
            await page.GotoAsync(from, new() { WaitUntil = WaitUntilState.Commit });
            await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(link);
        }
    }

    /// <summary>The live connection is held back, so that the press surely comes first.</summary>
    [Fact]
    public async Task Button_PressedBeforeThePageIsLive_IsHeardOnce()
    {
        var page = await chromium.AdminAsync(host);
        var gate = await HoldBackAsync(page);
        await page.GotoAsync("/sites");
        await page.Locator("#palette-open").ClickAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("html[data-live]")).ToHaveCountAsync(0);
        gate.SetResult();
        await Chromium.LiveAsync(page);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Ctrl");
    }

    [Theory]
    [InlineData("a", "Runs")]
    [InlineData("button", "Search")]
    public async Task Focus_WhenTheLivePageTakesOver_StaysWhereItWas(string kind, string name)
    {
        var page = await chromium.AdminAsync(host);
        var gate = await HoldBackAsync(page);
        await page.GotoAsync("/sites");
        var before = page.Locator(kind).Filter(new() { HasText = name }).First;
        await before.FocusAsync();
        var first = await before.ElementHandleAsync();
        gate.SetResult();
        await Chromium.LiveAsync(page);
        Assert.False(await first.EvaluateAsync<bool>("element => element.isConnected"), "nothing was taken over");
        Assert.Contains(name, await page.EvaluateAsync<string>("document.activeElement.textContent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heading_OfAPageThatALinkLedTo_HasTheFocus()
    {
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync("/sites");
        await Chromium.LiveAsync(page);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Runs", Level = 1 })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task SkipLink_OnAnyPage_LeadsToTheContentOfThatPage()
    {
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync("/sites");
        await Chromium.LiveAsync(page);
        await page.Locator(".skip-link").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sites");
    }

    /// <returns>What lets the live connection come.</returns>
    private static async Task<TaskCompletionSource> HoldBackAsync(IPage page)
    {
        var gate = new TaskCompletionSource();
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        return gate;
    }
}
