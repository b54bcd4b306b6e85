using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

public sealed class AdminJourney(Demo demo) : Journey(demo)
{
    [Fact]
    public async Task OrderNode_ThroughTheWizard_ShowsPriceAndFollowsItsSteps()
    {
        using var api = await Api.SignInAsync(Demo, "admin");
        var project = (await api.FirstAsync("projects")).GetProperty("id").GetString();
        var page = await Demo.SignInAsync("admin");
        await page.GotoAsync($"/projects/{project}/nodes/new");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Review and order · €[0-9.]+") })).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "node-wizard.png"), FullPage = true });
        await page.GotoAsync($"/projects/{project}/nodes/new?step=template");
        await Expect(page.GetByText(new Regex("^from €[0-9.]+/month$"))).ToBeVisibleAsync();
        await Looks.FindsNothingAsync(page, "node-wizard-template", Demo.Artifacts);
    }

    [Fact]
    public async Task RunPage_OfTheFirstConverge_ShowsMatrixLogAndDiff()
    {
        using var api = await Api.SignInAsync(Demo, "admin");
        var runs = (await api.GetAsync("runs?pageSize=200")).GetProperty("items").EnumerateArray().ToList();
        var provision = runs.Last(r => r.GetProperty("kind").GetString() == "provision").GetProperty("id").GetInt64();
        var page = await Demo.SignInAsync("admin");
        await page.GotoAsync($"/runs/{provision}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Provision");
        await Expect(page.GetByRole(AriaRole.Main).GetByText("web-1").First).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("nginx", RegexOptions.IgnoreCase)).First).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "run.png") });
        Assert.Contains("portal_node", await (await api.SendAsync(HttpMethod.Get, $"runs/{provision}/diff")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryPage_AtEveryWidthAndScheme_ReadsWellForEverybody()
    {
        using var api = await Api.SignInAsync(Demo, "admin");
        var node = await api.NodeAsync();
        var site = await api.FirstAsync("sites");
        var project = node.GetProperty("projectId").GetString();
        var page = await Demo.SignInAsync("admin");
        string[] addresses =
        [
            "/", "/clients", $"/clients/{node.GetProperty("clientId").GetString()}", "/projects", $"/projects/{project}", "/nodes",
            $"/projects/{project}/nodes/{node.GetProperty("id").GetString()}", "/sites", $"/projects/{site.GetProperty("projectId").GetString()}/sites/{site.GetProperty("id").GetString()}",
            "/certificates", "/schedules", "/notifications", "/runs", $"/runs/{(await api.FirstAsync("runs")).GetProperty("id").GetInt64()}", "/domains", "/audit", "/settings/accounts", "/settings/staff", $"/settings/accounts/{(await api.GetAsync("accounts"))[0].GetProperty("id").GetString()}", "/account",
            "/clients/new", "/projects/new", "/sites/new", $"/projects/{project}/nodes/new",
        ];
        var findings = new List<string>();
        foreach (var address in addresses)
        {
            await page.SetViewportSizeAsync(Looks.Width, Looks.Height);
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Looks.TakeAsync(page, address, Demo.Artifacts, findings);
        }

        await page.SetViewportSizeAsync(Looks.Width, Looks.Height);
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Combobox).FillAsync("web");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("web-1");
        await Looks.TakeAsync(page, "/palette", Demo.Artifacts, findings);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
