using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>How people come in and what they may: invitations, passkeys, codes, teams, acting as a client.</summary>
public sealed class PeopleJourney(Demo demo) : Journey(demo)
{
    private const string Password = "seven wooden Lamps by the harbour";

    [Fact]
    public async Task Invited_SignsInWithAPasskeyOfItsOwn()
    {
        var (page, _) = await InvitedAsync("passkey");
        await Authenticator.AddAsync(page);
        await page.GotoAsync("/account/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await Expect(page.GetByText("The passkey is added.")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "account-security.png"), FullPage = true });
        await page.GotoAsync("/account/sessions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        await page.GotoAsync("/account/sessions");
        await Expect(page.GetByText("code or passkey")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Invited_TurnsOnCodes_AndNeedsThemFromThenOn()
    {
        var (page, email) = await InvitedAsync("codes");
        await page.GotoAsync("/account/security");
        var key = (await page.Locator("#authenticator-key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code" })).ToBeVisibleAsync();
        var code = Totp.Now(key);
        await page.GetByLabel("First code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        var recovery = (await page.Locator("#recovery").InnerTextAsync()).Split('\n');
        Assert.Equal(10, recovery.Length);

        var other = await Demo.OpenAsync();
        await EnterAsync(other, email);
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "One more step" })).ToBeVisibleAsync();
        await other.GetByLabel("Code").FillAsync(code);
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(other.GetByText("was used already")).ToBeVisibleAsync();
        await other.GetByLabel("Code").FillAsync(recovery[0]);
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignedOutElsewhere_OpenPage_EndsWithinAMinute()
    {
        var (page, email) = await InvitedAsync("sessions");
        await page.GotoAsync("/sites");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        var other = await Demo.OpenAsync();
        await EnterAsync(other, email);
        await other.GotoAsync("/account/sessions");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"), new() { Timeout = 60_000 });
    }

    [Fact]
    public async Task Acting_AsAClient_ShowsABannerAndBothNamesInTheAudit()
    {
        using var api = await Api.SignInAsync(Demo, "admin");
        var client = (await api.FirstAsync("clients")).GetProperty("id").GetString();
        var page = await Demo.SignInAsync("admin");
        await page.GotoAsync($"/clients/{client}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Act as this client" }).ClickAsync();
        await Expect(page.GetByText("you act as")).ToBeVisibleAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Demo.Artifacts, "acting.png") });
        await page.GotoAsync("/account");
        await Expect(page.GetByText("Your own account opens again")).ToBeVisibleAsync();
        await page.GotoAsync("/team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.GotoAsync("/audit?action=acting");
        await Expect(page.Locator("tbody tr").First.GetByText(new Regex("^as "))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AccountPages_AtEveryWidthAndScheme_FitAndReadWell()
    {
        var page = await Demo.SignInAsync("client owner");
        var findings = new List<string>();
        foreach (var address in new[] { "/account", "/account/security", "/account/sessions", "/account/tokens", "/team", "/sign-in", "/forgot-password" })
        {
            await page.SetViewportSizeAsync(Looks.Width, Looks.Height);
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            if (address == "/team")
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Invite person" }).WaitForAsync();
            }

            await Looks.TakeAsync(page, address, Demo.Artifacts, findings);
        }

        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    /// <summary>A person who opened an invitation to the demo's client and is signed in.</summary>
    private async Task<(IPage Page, string Email)> InvitedAsync(string who)
    {
        using var api = await Api.SignInAsync(Demo, "admin");
        var client = (await api.FirstAsync("clients")).GetProperty("id").GetString();
        var email = $"{who}-{Guid.NewGuid():n}@people.example";
        var invited = await api.PostAsync($"clients/{client}/team/invitations", new { email, displayName = $"Pat {who}", role = "member" });
        var page = await Demo.OpenAsync();
        await page.GotoAsync($"/invite/{invited.GetProperty("inviteCode").GetString()}");
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        return (page, email);
    }

    private static async Task EnterAsync(IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }
}
