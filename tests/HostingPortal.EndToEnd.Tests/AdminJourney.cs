using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

public sealed class AdminJourney(Demo demo)
{
    [Fact]
    public async Task OrderNode_ThroughTheWizard_ShowsPriceAndFollowsItsSteps()
    {
        using var api = await Api.SignInAsync(demo, "admin");
        var project = (await api.FirstAsync("projects")).GetProperty("id").GetString();
        var page = await demo.SignInAsync("admin");
        await page.GotoAsync($"/projects/{project}/nodes/new");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Review and order · €[0-9.]+") })).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "node-wizard.png"), FullPage = true });
    }

    [Fact]
    public async Task RunPage_OfTheFirstConverge_ShowsMatrixLogAndDiff()
    {
        using var api = await Api.SignInAsync(demo, "admin");
        var runs = (await api.GetAsync("runs?pageSize=50")).GetProperty("items").EnumerateArray().ToList();
        var provision = runs.First(r => r.GetProperty("kind").GetString() == "provision").GetProperty("id").GetInt64();
        var page = await demo.SignInAsync("admin");
        await page.GotoAsync($"/runs/{provision}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Provision");
        await Expect(page.GetByText("web-1").First).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("nginx", RegexOptions.IgnoreCase)).First).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "run.png") });
        Assert.Contains("portal_node", await (await api.SendAsync(HttpMethod.Get, $"runs/{provision}/diff")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task EveryPage_AtEveryWidthAndScheme_ShowsItsHeadingWithoutSidewaysScroll(int width, ColorScheme scheme)
    {
        using var api = await Api.SignInAsync(demo, "admin");
        var node = await api.FirstAsync("nodes");
        var site = await api.FirstAsync("sites");
        var project = node.GetProperty("projectId").GetString();
        var page = await demo.SignInAsync("admin", width, 900, scheme);
        string[] addresses =
        [
            "/", "/clients", $"/clients/{node.GetProperty("clientId").GetString()}", "/projects", $"/projects/{project}", "/nodes",
            $"/projects/{project}/nodes/{node.GetProperty("id").GetString()}", "/sites", $"/projects/{project}/sites/{site.GetProperty("id").GetString()}",
            "/runs", "/audit", "/settings/accounts", "/account",
        ];
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth + 1"), $"{address} scrolls sideways at {width} px.");
            var name = address.Trim('/').Split('/')[0] is { Length: > 0 } first ? $"{first}-{address.Count(c => c == '/')}" : "dashboard";
            await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, $"{name}-{width}-{scheme}.png".ToLowerInvariant()) });
        }
    }
}
