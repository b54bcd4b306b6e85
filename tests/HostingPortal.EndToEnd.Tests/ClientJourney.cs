using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

public sealed class ClientJourney(Demo demo) : Journey(demo)
{
    [Fact]
    public async Task AddSite_AsClientOwner_GoesLiveOverHttps()
    {
        var page = await Demo.SignInAsync("client owner");
        var name = $"blog.{Demo.Zone}";
        await page.GotoAsync("/sites/new");
        await page.GetByLabel("Name of the site").FillAsync(name);
        if (await page.GetByLabel("Where").CountAsync() > 0)
        {
            await page.GetByLabel("Where").SelectOptionAsync(new SelectOptionValue { Label = "acme-shop, web-1" });
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Add site" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByText(new Regex("^Online")).First).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "site-client.png"), FullPage = true });

        using var api = await Api.SignInAsync(Demo, "client owner");
        var node = await api.FirstAsync("nodes");
        Assert.Contains(name, await Visitor.GetAsync(Demo, name, node.GetProperty("publicIpv4").GetString()!), StringComparison.Ordinal);
        Assert.Contains(name, await Visitor.GetAsync(Demo, name, node.GetProperty("publicIpv6").GetString()!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_AsClient_NeverSayWordsOfTheMachinery()
    {
        var page = await Demo.SignInAsync("client owner");
        foreach (var address in new[] { "/", "/sites", "/domains", "/activity" })
        {
            await page.GotoAsync(address);
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            var text = await page.Locator("main").InnerTextAsync();
            Assert.DoesNotMatch(new Regex("host_vars|inventory|converge", RegexOptions.IgnoreCase), text);
        }
    }
}
