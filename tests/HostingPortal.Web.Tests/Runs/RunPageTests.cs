using Bunit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Runs;
using HostingPortal.Web.Localization;
using HostingPortal.Web.Security;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using System.Security.Claims;
using Xunit;

namespace HostingPortal.Web.Tests.Runs;

/// <summary>The page over the real services and database.</summary>
[Collection(PortalCollection.Name)]
public sealed class RunPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly PortalHost host;

    public RunPageTests(PortalHost host)
    {
        this.host = host;
        Services.AddLogging().AddLocalization().AddSingleton<Texts>().AddSingleton(TimeProvider.System);
        Services.AddMudServices();
        Services.AddSingleton(host.Get<RunService>()).AddSingleton(host.Get<RunLogService>()).AddSingleton(host.Get<RunFeed>()).AddSingleton(host.Get<RunSearchService>()).AddSingleton(host.Get<RunAgainService>()).AddSingleton(host.Get<ActorService>());
        Services.AddSingleton(host.Get<Domain.Changes.ChangeFeed>()).AddScoped<CurrentActor>().AddScoped<Components.Shared.Handover>().AddSingleton<Components.Shared.HandoverShelf>();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task Page_ForAdmin_ShowsMatrixLogAndHostVars()
    {
        var ct = Xunit.TestContext.Current.CancellationToken;
        var tenant = await Tenant.CreateAsync(host, "pg" + Guid.NewGuid().ToString("n")[..8], ct);
        await SignInAsync(await Tenant.CreateUserAsync(host, $"{tenant.Marker}@admins.example", PortalRole.Admin, null, ct));
        var page = Render<RunPage>(p => p.Add(r => r.Number, tenant.RunId));
        page.WaitForElement("h1", Patience);
        page.WaitForElement(".log", Patience);
        Assert.Contains($"node-{tenant.Marker}", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".matrix tbody td[role=gridcell]").Count);
        Assert.Contains("host_vars", page.Find(".run-pane .tabs").TextContent, StringComparison.Ordinal);
        Assert.Contains("Install packages", page.Find(".log").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ForClient_ShowsPlainStepsFirstAndNoInventory()
    {
        var tenant = await Tenant.CreateAsync(host, "pg" + Guid.NewGuid().ToString("n")[..8], Xunit.TestContext.Current.CancellationToken);
        await SignInAsync(tenant.OwnerId);
        var page = Render<RunPage>(p => p.Add(r => r.Number, tenant.RunId));
        page.WaitForElement(".progress-strip li", Patience);
        Assert.Equal(4, page.FindAll(".progress-strip li").Count);
        Assert.Empty(page.FindAll(".log"));
        Assert.DoesNotContain("inventory", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("log=1", page.Find("a.in-text[href*=log]").GetAttribute("href"), StringComparison.Ordinal);
    }

    private async Task SignInAsync(string userId)
    {
        var session = await host.Get<SessionService>().StartAsync(userId, "test", null, strong: false, Xunit.TestContext.Current.CancellationToken);
        var auth = AddAuthorization();
        auth.SetAuthorized("person");
        auth.SetClaims(new Claim(ClaimTypes.NameIdentifier, userId), new Claim(SessionCookie.Claim, session));
        SetRendererInfo(new RendererInfo("Server", true));
    }
}
