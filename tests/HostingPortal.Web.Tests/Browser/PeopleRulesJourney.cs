using System.Text.RegularExpressions;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>An admin's rules, as those feel them whom they are for.</summary>
[Collection(PortalCollection.Name)]
public sealed class PeopleRulesJourney(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => chromium.CloseAsync();

    [Fact]
    public async Task Suspended_ClientReadsWhyAndChangesNothing_UntilItIsResumed()
    {
        var tenant = await Tenant.CreateAsync(host, "su" + Guid.NewGuid().ToString("n")[..8], Ct);
        var owner = await chromium.PersonAsync(host, $"owner@{tenant.Marker}.example");
        await owner.GotoAsync("/team");
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Invite person" })).ToBeVisibleAsync();

        var admin = await chromium.AdminAsync(host);
        await admin.GotoAsync($"/clients/{tenant.ClientId}");
        await LiveClickAsync(admin.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }), admin.GetByLabel("Reason"));
        await admin.GetByLabel("Reason").FillAsync("The invoice of October is open");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Suspend client" }).ClickAsync();
        await Expect(admin.GetByText("Suspended: The invoice of October is open")).ToBeVisibleAsync();

        await owner.GotoAsync("/");
        await Expect(owner.GetByText("This client is suspended: The invoice of October is open")).ToBeVisibleAsync();
        await owner.GotoAsync("/sites");
        await Expect(owner.GetByRole(AriaRole.Link, new() { Name = $"www.{tenant.Marker}.example" })).ToBeVisibleAsync();
        await owner.GotoAsync("/team");
        await Expect(owner.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Invite person" })).ToHaveCountAsync(0);

        await admin.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(admin.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true })).ToBeVisibleAsync();
        await owner.GotoAsync("/team");
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Invite person" })).ToBeVisibleAsync();
        await Expect(owner.GetByText("This client is suspended")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task SecondStep_AskedOfARole_LeadsWhoHasNoneToWhereItIsSetUp()
    {
        var mark = Guid.NewGuid().ToString("n")[..8];
        await Tenant.CreateUserAsync(host, $"sue@{mark}.example", PortalRole.Support, null, Ct);
        var admin = await chromium.AdminAsync(host);
        await admin.GotoAsync("/settings/staff");
        await LiveClickAsync(admin.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }), admin.GetByText("Saved. It holds within a minute."));
        await admin.GetByRole(AriaRole.Checkbox, new() { Name = "Support" }).CheckAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        for (var asked = false; !asked; await Task.Delay(100, Ct))
        {
            asked = await host.Get<SignInRuleService>().AsksAsync(PortalRole.Support, Ct);
        }

        try
        {
            var page = await chromium.PersonAsync(host, $"sue@{mark}.example");
            await Expect(page).ToHaveURLAsync(new Regex("/account/security"));
            await Expect(page.GetByText("Your role must sign in with more than a password")).ToBeVisibleAsync();
            foreach (var closed in new[] { "/runs", "/sites", "/audit" })
            {
                await page.GotoAsync(closed);
                await Expect(page).ToHaveURLAsync(new Regex("/account/security"));
            }
        }
        finally
        {
            await host.Get<SignInRuleService>().SetAsync(Actor.System, new SignInRuleSet(false, false, false), Ct);
        }
    }

    /// <summary>A page answers to clicks once it is live: clicks until what the click leads to is there.</summary>
    private static async Task LiveClickAsync(ILocator button, ILocator leadsTo)
    {
        for (var tries = 0; tries < 60 && !await leadsTo.IsVisibleAsync(); tries++)
        {
            await button.ClickAsync();
            await Task.WhenAny(leadsTo.WaitForAsync(), Task.Delay(1_000, Ct));
        }

        await Expect(leadsTo).ToBeVisibleAsync();
    }
}
