using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>
/// The main job with hands alone: an admin makes a client, an account, a project and a node in the browser and watches the run; the invited owner
/// makes a site and a visitor gets it over HTTPS; support reads the run and no secret.
/// </summary>
public sealed class WholePathJourney(Demo demo) : Journey(demo)
{
    private const string Password = "nine quiet Boats in the fog";

    /// <summary>Of this run alone: the demo may be used again.</summary>
    private readonly string mark = Guid.NewGuid().ToString("n")[..6];

    private string Client => $"Nordlicht {mark}";

    private string Zone => $"nordlicht-{mark}.example";

    private string Site => $"www.{Zone}";

    private string Node => $"nord-{mark}";

    [Fact]
    public async Task FromAnEmptyClient_ToASiteOverHttps_InTheBrowserAlone()
    {
        var admin = await Demo.SignInAsync("admin");
        await CreateClientAsync(admin);
        await ConnectAccountAsync(admin, await Lab.ProjectWithZoneAsync(Demo, Zone));
        await CreateProjectAsync(admin);
        var run = await OrderNodeAsync(admin);
        var owner = await InviteOwnerAsync(admin);
        await WatchAsync(admin, run);
        await SupportReadsAsync(run);
        await AddSiteAsync(owner);

        using var api = await Api.SignInAsync(Demo, "admin");
        var node = (await api.GetAsync($"nodes?search={Node}")).GetProperty("items")[0];
        Assert.Contains(Site, await Visitor.GetAsync(Demo, Site, node.GetProperty("publicIpv4").GetString()!), StringComparison.Ordinal);
    }

    private async Task CreateClientAsync(IPage page)
    {
        await page.GotoAsync("/clients");
        await page.GetByRole(AriaRole.Link, new() { Name = "New client" }).ClickAsync();
        await page.GetByLabel("Name of the client").FillAsync(Client);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create client" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Client, Level = 1 })).ToBeVisibleAsync();
    }

    private async Task ConnectAccountAsync(IPage page, string token)
    {
        await page.GotoAsync("/settings/accounts/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync($"Account of {Client}");
        await page.GetByLabel("API token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect account" }).ClickAsync();
        await page.GetByLabel("Client", new() { Exact = true }).SelectOptionAsync(Client);
        await page.GetByLabel("Monthly budget").FillAsync("25");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allot to client" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Give to {Client}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex(Regex.Escape(Zone)) }).GetByRole(AriaRole.Link, new() { Name = Client })).ToBeVisibleAsync();
    }

    private async Task CreateProjectAsync(IPage page)
    {
        await page.GotoAsync("/projects/new");
        await page.GetByLabel("Client", new() { Exact = true }).SelectOptionAsync(Client);
        await page.GetByLabel("Name of the project").FillAsync("nordlicht");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create project" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "nordlicht", Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>Through the wizard's four steps; the price stands on the button. Returns the number of the run.</summary>
    private async Task<string> OrderNodeAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Add node" }).First.ClickAsync();
        var review = page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Review and order · €[0-9.]+") });
        await Expect(review).ToBeVisibleAsync();
        await page.GetByLabel("Take the next one by itself").CheckAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "stop and ask" })).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(page, "wizard with a chain of choices");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "node-chain.png"), FullPage = true });
        await page.GetByRole(AriaRole.Link, new() { Name = "Options" }).ClickAsync();
        await page.GetByLabel("Name of the node").FillAsync(Node);
        await review.ClickAsync();
        await Expect(page.GetByText($"1 server is created: {Node}")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "node-review.png"), FullPage = true });
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Order · €[0-9.]+") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Node, Level = 1 })).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "node-provisioning.png"), FullPage = true });
        var link = page.Locator("main a[href^='runs/']").First;
        return (await link.GetAttributeAsync("href"))!.Split('/', '?')[1];
    }

    private async Task<IPage> InviteOwnerAsync(IPage page)
    {
        await page.GotoAsync("/clients");
        await page.GetByRole(AriaRole.Link, new() { Name = Client }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite person" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Nele Nord");
        await page.GetByLabel("E-mail address").FillAsync($"nele@{Zone}");
        await page.GetByLabel("Role").SelectOptionAsync("Owner");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite person" }).Last.ClickAsync();
        var link = await page.Locator("code.break").InnerTextAsync();
        var owner = await Demo.OpenAsync();
        await owner.GotoAsync(new Uri(link.Trim()).PathAndQuery);
        await owner.GetByLabel("New password").FillAsync(Password);
        await owner.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
        await Expect(owner.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        return owner;
    }

    /// <summary>Live, until it says so itself: nothing here reloads the page.</summary>
    private static async Task WatchAsync(IPage page, string run)
    {
        await page.GotoAsync($"/runs/{run}");
        await Expect(page.GetByText("Following").Or(page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).First).ToBeVisibleAsync(new() { Timeout = 240_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "run-live.png") });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).ToBeVisibleAsync(new() { Timeout = 420_000 });
        await Expect(page.GetByText(new Regex("[0-9]+ changed")).First).ToBeVisibleAsync();
    }

    private async Task SupportReadsAsync(string run)
    {
        var page = await Demo.SignInAsync("support");
        await page.GotoAsync($"/runs/{run}");
        await Expect(page.Locator(".log")).ToContainTextAsync("finished, exit code 0");
        await page.GetByRole(AriaRole.Tab, new() { NameRegex = new Regex("host_vars") }).ClickAsync();
        await Expect(page.GetByText("•••").First).ToBeVisibleAsync();
        await page.GotoAsync("/settings/accounts/new");
        await Expect(page.GetByText("There is nothing here for you").Or(page.GetByText("may not")).First).ToBeVisibleAsync();
    }

    private async Task AddSiteAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Add site" }).First.ClickAsync();
        await page.GetByLabel("Name of the site").FillAsync(Site);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add site" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Site, Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("^Online")).First).ToBeVisibleAsync(new() { Timeout = 240_000 });
    }
}
