using System.Net;
using System.Text.RegularExpressions;
using HostingPortal.Domain.Clients;
using HostingPortal.Testing;
using HostingPortal.Web.Tests.Browser;
using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Hosting;

/// <summary>A portal at <c>https://example.com/hosting</c>: nothing of it leads out of that path.</summary>
[Collection(PortalCollection.Name)]
public sealed class UnderPathTests(MariaDbFixture databases, Chromium chromium) : IAsyncLifetime
{
    private const string Path = "/hosting";
    private readonly PortalHost host = new(databases) { Path = Path };

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await chromium.CloseAsync();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Portal_BelowAPath_IsUsedWithoutLeavingIt()
    {
        var tenant = await Tenant.CreateAsync(host, "under", TestContext.Current.CancellationToken);
        await Tenant.CreateUserAsync(host, "under@path.example", PortalRole.Admin, null, TestContext.Current.CancellationToken);
        var page = await chromium.PersonAsync(host, "under@path.example");
        var strayed = new List<string>();
        page.Context.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { IsLoopback: true } address && !address.AbsolutePath.StartsWith(Path + "/", StringComparison.Ordinal))
            {
                strayed.Add(address.AbsolutePath);
            }
        };
        foreach (var address in new[] { "", "runs", "clients", "projects", "nodes", "sites", "domains", "certificates", "audit", "settings/accounts", "settings/staff", "account", "account/security", "sites/new", $"runs/{tenant.RunId}" })
        {
            await page.GotoAsync($"{Path}/{address}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            var leading = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[href], [src], [action]')].map(e => e.getAttribute('href') ?? e.getAttribute('src') ?? e.getAttribute('action'))");
            Assert.DoesNotContain(leading, l => l.StartsWith('/') && !l.StartsWith(Path + "/", StringComparison.Ordinal));
        }

        await page.GotoAsync(Path + "/sites");
        await Chromium.LiveAsync(page);
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(Path + "/runs$"));
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("s");
        await Expect(page).ToHaveURLAsync(new Regex(Path + "/sites$"));
        await page.Locator("form[action='sign-out'] button").EvaluateAsync("button => button.form.requestSubmit()");
        await Expect(page).ToHaveURLAsync(new Regex(Path + "/sign-in"));
        await page.GotoAsync(Path + "/sites");
        await Expect(page).ToHaveURLAsync(new Regex(Path + "/sign-in"));
        Assert.Empty(strayed);
    }

    [Theory]
    [InlineData("/hosting/api/docs")]
    [InlineData("/api/docs")]
    public async Task Page_WithThePathOrWithoutIt_HasThePathAsItsBase(string address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        Assert.Contains("<base href=\"/hosting/\">", await http.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var answer = await http.GetAsync(new Uri("/sites", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(Path + "/sign-in", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.ToString(), StringComparison.Ordinal);
    }
}
