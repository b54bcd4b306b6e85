using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

public sealed class ClientJourney(Demo demo) : Journey(demo)
{
    /// <summary>No pointer from the first page to the log of the run: what has the focus is reached by Tab and pressed by Enter.</summary>
    [Fact]
    public async Task AddSite_AsClientOwnerByKeyboardAlone_GoesLiveOverHttps()
    {
        var page = await Demo.OpenAsync();
        var keys = new Keys(page);
        var (email, password) = Demo.Login("client owner");
        await page.GotoAsync("/sign-in");
        await keys.WriteAsync("^E-mail address", email);
        await keys.WriteAsync("^Password", password + "\n");
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await keys.FocusedAsync());
        await page.Keyboard.PressAsync("Enter");
        await keys.PressAsync("^Add site");

        var name = $"blog.{Demo.Zone}";
        await Expect(page.GetByLabel("Name of the site")).ToBeEnabledAsync();
        await keys.WriteAsync("^Name of the site", name);
        if (await page.GetByLabel("Where").CountAsync() > 0)
        {
            await keys.WriteAsync("^Where", "acme-shop, web-1");
        }

        await keys.PressAsync("^Add site$");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByText(new Regex("^Online")).First).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "site-client.png"), FullPage = true });

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("activity");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Activity");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Activity", Level = 1 })).ToBeVisibleAsync();
        await keys.PressAsync("^Technical log");
        await Expect(page.GetByText(new Regex("^[0-9]+ changed")).First).ToBeVisibleAsync();

        using var api = await Api.SignInAsync(Demo, "client owner");
        var node = await api.NodeAsync();
        Assert.Contains(name, await Visitor.GetAsync(Demo, name, node.GetProperty("publicIpv4").GetString()!), StringComparison.Ordinal);
        Assert.Contains(name, await Visitor.GetAsync(Demo, name, node.GetProperty("publicIpv6").GetString()!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_AsClient_LookWellAndNeverSayWordsOfTheMachinery()
    {
        var page = await Demo.SignInAsync("client owner");
        foreach (var address in new[] { "/", "/sites", "/domains", "/activity" })
        {
            await page.GotoAsync(address);
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await Looks.FindsNothingAsync(page, address == "/" ? "client-home" : "client-" + address[1..], Demo.Artifacts);
            var text = await page.Locator("main").InnerTextAsync();
            Assert.DoesNotMatch(new Regex("host_vars|inventory|converge", RegexOptions.IgnoreCase), text);
        }
    }
}
