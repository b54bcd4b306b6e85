using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>An admin suspends a client: its people read why, can look and change nothing, until it is resumed.</summary>
public sealed class SuspensionJourney(Demo demo) : Journey(demo)
{
    [Fact]
    public async Task Suspended_ReadsWhyAndChangesNothing_UntilResumed()
    {
        using var api = await Api.SignInAsync(Demo, "admin");
        var name = $"Kranich {Guid.NewGuid().ToString("n")[..6]}";
        var client = (await api.PostAsync("clients", new { name })).GetProperty("id").GetString()!;
        var owner = await OwnerAsync(api, client);
        await Expect(owner.GetByRole(AriaRole.Heading, new() { Name = "Three steps to your first site" })).ToBeVisibleAsync();
        await Expect(owner.GetByRole(AriaRole.Link, new() { Name = "Order a server" })).ToHaveAttributeAsync("href", "projects/new");
        await Looks.FindsNothingAsync(owner, "client-first-steps", Demo.Artifacts);
        await owner.SetViewportSizeAsync(390, Looks.Height);
        await Expect(owner.GetByRole(AriaRole.Link, new() { Name = "Order a server" })).ToBeVisibleAsync();
        await owner.SetViewportSizeAsync(Looks.Width, Looks.Height);
        var admin = await Demo.SignInAsync("admin");
        await admin.GotoAsync($"/clients/{client}");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true }).ClickAsync();
        await admin.GetByLabel("Reason").FillAsync("The invoice of October is open.");
        await Looks.FindsNothingAsync(admin, "client-suspending", Demo.Artifacts);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Suspend client" }).ClickAsync();
        await Expect(admin.GetByText("Suspended: The invoice of October is open.")).ToBeVisibleAsync();

        await owner.GotoAsync("/team");
        await Expect(owner.GetByText("This client is suspended: The invoice of October is open.")).ToBeVisibleAsync();
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Invite person" })).ToHaveCountAsync(0);
        await Looks.FindsNothingAsync(owner, "team-suspended", Demo.Artifacts);

        await admin.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(admin.GetByRole(AriaRole.Button, new() { Name = "Suspend", Exact = true })).ToBeVisibleAsync();
        await owner.ReloadAsync();
        await Expect(owner.GetByRole(AriaRole.Button, new() { Name = "Invite person" })).ToBeVisibleAsync();
        await Expect(owner.GetByText("This client is suspended")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OwnerAsync(Api api, string client)
    {
        var (email, password) = ($"kim-{Guid.NewGuid():n}@people.example", $"Kf7-{Guid.NewGuid():N}");
        var invited = await api.PostAsync($"clients/{client}/team/invitations", new { email, displayName = "Kim Kranich", role = "owner" });
        var page = await Demo.OpenAsync();
        await page.GotoAsync($"/invite/{invited.GetProperty("inviteCode").GetString()}");
        await page.GetByLabel("New password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        return page;
    }
}
