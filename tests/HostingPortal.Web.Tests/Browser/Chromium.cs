using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.EndToEnd.Tests;
using HostingPortal.Web.Tests.Browser;
using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace HostingPortal.Web.Tests.Browser;

/// <summary>Debian's Chromium, started with the first test that asks for a page. Signed-in profiles of the admin are made once per portal.</summary>
public sealed class Chromium : IAsyncDisposable
{
    public const string AdminEmail = "ada@browser.example";

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-smooth-scrolling"];

    private readonly System.Collections.Concurrent.ConcurrentBag<IBrowserContext> open = [];
    private readonly PolicyWatch policy = new();
    private readonly SemaphoreSlim gate = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? signedIn;

    /// <summary>A page of a fresh profile in which an admin is signed in.</summary>
    public async Task<IPage> AdminAsync(PortalHost host, int width = 1440, int height = 960, ColorScheme scheme = ColorScheme.Light)
    {
        await gate.WaitAsync();
        try
        {
            await StartAsync();
            signedIn ??= await SignInAdminAsync(host);
        }
        finally
        {
            gate.Release();
        }

        return await OpenAsync(host, width, height, scheme, signedIn);
    }

    /// <summary>A page of a fresh profile after the person signed in with the password all people of tests have.</summary>
    public async Task<IPage> PersonAsync(PortalHost host, string email)
    {
        await gate.WaitAsync();
        try
        {
            await StartAsync();
        }
        finally
        {
            gate.Release();
        }

        var page = await OpenAsync(host, 1440, 960, ColorScheme.Light, null);
        await EnterAsync(page, email);
        return page;
    }

    /// <summary>Until the page has its server.</summary>
    public static Task LiveAsync(IPage page) => Assertions.Expect(page.Locator("html[data-live]")).ToHaveCountAsync(1, new() { Timeout = 60_000 });

    /// <summary>Ends the test's pages, so that none looks at a portal that is gone. Fails when one of them violated the content security policy.</summary>
    public async ValueTask CloseAsync()
    {
        while (open.TryTake(out var context))
        {
            await context.CloseAsync();
        }

        policy.HeardNothing();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        gate.Dispose();
    }

    private async Task StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        playwright ??= await Playwright.CreateAsync();
        browser = browser is { IsConnected: true } ? browser : await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Flags });
    }

    private async Task<IPage> OpenAsync(PortalHost host, int width, int height, ColorScheme scheme, string? state)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = host.Address.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, Locale = "en-GB",
            StorageState = state, HasTouch = width < 600,
        });
        context.SetDefaultTimeout(60_000);
        await policy.FollowAsync(context);
        open.Add(context);
        return await context.NewPageAsync();
    }

    private async Task<string> SignInAdminAsync(PortalHost host)
    {
        await Tenant.CreateUserAsync(host, AdminEmail, PortalRole.Admin, null, TestContext.Current.CancellationToken);
        await using var context = await browser!.NewContextAsync(new() { BaseURL = host.Address.ToString(), Locale = "en-GB" });
        await EnterAsync(await context.NewPageAsync(), AdminEmail);
        return await context.StorageStateAsync();
    }

    private static async Task EnterAsync(IPage page, string email)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Tenant.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).Filter(new() { HasNotText = "Sign in" }).WaitForAsync();
    }
}
