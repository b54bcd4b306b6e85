using Bunit;
using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Notifications;
using HostingPortal.Web.Components.Notifications;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Web.Tests.Notifications;

/// <summary>Bell, page and letters over the real services and database.</summary>
[Collection(PortalCollection.Name)]
public sealed class NoticeTests(PortalHost host) : SignedInPages(host, typeof(NotificationService), typeof(ChannelService), typeof(IMailer))
{
    [Fact]
    public async Task Bell_NewNotification_RisesLiveAndFallsWhenRead()
    {
        var (tenant, actor) = await SignInOwnerAsync("nt");
        var bell = Render<NoticeBell>(p => p.Add(b => b.Actor, actor));
        await bell.WaitForAssertionAsync(() => Assert.Contains("Nothing happened yet", bell.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(bell.FindAll(".badge"));
        await TellAsync(tenant, NotificationKind.RunFailed);
        await bell.WaitForAssertionAsync(() => Assert.Equal("1", bell.Find(".badge").TextContent), Patience);
        Assert.Equal("Notifications, 1 unread", bell.Find("summary").GetAttribute("aria-label"));
        await bell.WaitForAssertionAsync(() => Assert.Contains($"A change in project-{tenant.Marker} could not be finished", bell.Find("li").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal($"runs/{tenant.RunId}", bell.Find("li a").GetAttribute("href"));
        await bell.InvokeAsync(() => bell.Find("li").ClickAsync(new()));
        await bell.WaitForAssertionAsync(() => Assert.Empty(bell.FindAll(".badge")), Patience);
        Assert.Single(bell.FindAll("li"));
    }

    [Fact]
    public async Task Page_Filtered_ShowsWhatTheAddressSays()
    {
        var (tenant, actor) = await SignInOwnerAsync("nt");
        await TellAsync(tenant, NotificationKind.NodeReady);
        await TellAsync(tenant, NotificationKind.CertificateEnding);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/notifications?show=problems");
        var page = Render<NotificationsPage>(p => p.AddCascadingValue(actor));
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll("tbody tr")), Patience);
        Assert.Contains("Certificate ends", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find(".segments a[href$='show=problems']").GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Channels_AddedByTheOwner_StandInThePanelWithTheirEvents()
    {
        var (tenant, actor) = await SignInOwnerAsync("nt");
        var panel = Render<ChannelPanel>(p => p.Add(c => c.ProjectId, tenant.ProjectId).Add(c => c.MayOwn, true).AddCascadingValue(actor));
        await panel.WaitForAssertionAsync(() => Assert.Contains("stay in the portal", panel.Markup, StringComparison.Ordinal), Patience);
        await panel.InvokeAsync(() => panel.Find(".panel-head button").ClickAsync(new()));
        await panel.InvokeAsync(() => panel.Find("#field-target").InputAsync("not an address"));
        await panel.InvokeAsync(() => panel.Find("form").SubmitAsync());
        await panel.WaitForAssertionAsync(() => Assert.True(panel.Find("#field-target").HasAttribute("aria-invalid"), panel.Markup), Patience);
        await panel.InvokeAsync(() => panel.Find("#field-target").InputAsync($"ops@{tenant.Marker}.example"));
        await panel.InvokeAsync(() => panel.Find("form").SubmitAsync());
        await panel.WaitForAssertionAsync(() => Assert.Contains($"ops@{tenant.Marker}.example", panel.Find("li").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("a run failed, it went well again", panel.Find("li").TextContent, StringComparison.Ordinal);
        Assert.Contains("No mail server", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channels_ForWhoMayNot_OfferNothingToChange()
    {
        var (tenant, actor) = await SignInOwnerAsync("nt");
        await Host.Get<ChannelService>().CreateAsync(actor, tenant.ProjectId, new CreateChannel(ChannelKind.Webhook, "https://hooks.example.com/secret-part", [NotificationKind.RunFailed]), Ct);
        var panel = Render<ChannelPanel>(p => p.Add(c => c.ProjectId, tenant.ProjectId).AddCascadingValue(actor));
        await panel.WaitForAssertionAsync(() => Assert.Contains("hooks.example.com", panel.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(panel.FindAll("button"));
        Assert.DoesNotContain("secret-part", panel.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "A change in shop could not be finished", "The run", "gets notifications of the project shop (Acme)")]
    [InlineData("de", "Eine Änderung in shop konnte nicht abgeschlossen werden", "Der Lauf", "bekommt die Benachrichtigungen des Projekts shop (Acme)")]
    public void Letter_InTheChannelsLanguage_SaysWhatWhyAndWhere(string language, string subject, string reason, string foot)
    {
        var writer = new NoticeLetters(T, Options.Create(new PortalOptions { BaseUrl = "https://portal.example.net/" }));
        var notification = new Notification
        {
            Kind = NotificationKind.RunFailed, ClientId = "c", ProjectId = "p", ObjectKind = "run", ObjectId = "17", ObjectName = "web-1", RunId = 17, Reason = "run.failed", At = DateTime.UnixEpoch,
        };
        var letter = writer.Write(new NoticeMessage(notification, "Acme", "p", "shop"), language);
        Assert.Equal((subject, "https://portal.example.net/runs/17"), (letter.Subject, letter.Link));
        Assert.Contains(reason, letter.Text, StringComparison.Ordinal);
        Assert.Contains(foot, letter.Text, StringComparison.Ordinal);
        Assert.Contains("\n\n", letter.Text, StringComparison.Ordinal);
    }

    /// <summary>A sentence for every kind, for clients and staff, with nothing left to fill.</summary>
    [Fact]
    public void Words_OfEveryKind_AreThere()
    {
        foreach (var kind in Enum.GetValues<NotificationKind>())
        {
            Assert.True(T.Has(NoticeWords.Status(kind).TextKey));
            Assert.All(new[] { true, false }, staff => Assert.Contains("{object}", T[NoticeWords.Key(kind, staff, T)], StringComparison.Ordinal));
        }
    }

    private async Task TellAsync(Tenant tenant, NotificationKind kind)
    {
        await using var db = Host.Database();
        var (what, id) = kind == NotificationKind.RunFailed ? ("run", $"{tenant.RunId}") : kind == NotificationKind.NodeReady ? ("node", tenant.NodeId) : ("site", tenant.SiteId);
        db.Notifications.Add(new Notification
        {
            Kind = kind, ClientId = tenant.ClientId, ProjectId = tenant.ProjectId, ObjectKind = what, ObjectId = id, ObjectName = tenant.Marker, RunId = tenant.RunId,
            EndsAt = DateTime.UnixEpoch, At = TimeProvider.System.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync(Ct);
    }
}
