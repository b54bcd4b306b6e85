using Bunit;
using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Schedules;
using HostingPortal.Web.Components.Schedules;
using HostingPortal.Web.Tests.Support;
using Xunit;

namespace HostingPortal.Web.Tests.Schedules;

[Collection(PortalCollection.Name)]
public sealed class SchedulePanelTests(PortalHost host) : SignedInPages(host, typeof(ScheduleService), typeof(NodeQueries))
{
    [Fact]
    public async Task Panel_AddPauseEditRemove_ShowsEachStepAndTheNextTimes()
    {
        var (tenant, owner) = await SignInOwnerAsync("sc");
        var panel = Render<SchedulePanel>(p => p.Add(c => c.ProjectId, tenant.ProjectId).Add(c => c.MayOwn, true).AddCascadingValue(owner));
        await panel.WaitForAssertionAsync(() => Assert.Contains("Nothing starts by the clock", panel.Markup, StringComparison.Ordinal), Patience);
        await panel.InvokeAsync(() => panel.Find(".panel-head button").ClickAsync(new()));
        await panel.WaitForAssertionAsync(() => Assert.Equal(5, panel.FindAll(".upcoming li").Count), Patience);
        await panel.InvokeAsync(() => panel.Find("#field-pattern").ChangeAsync("weekly"));
        await panel.InvokeAsync(() => panel.Find("#field-weekday").ChangeAsync("7"));
        await panel.InvokeAsync(() => panel.Find("#field-time").InputAsync("04:15"));
        Assert.All(panel.FindAll(".upcoming li"), li => Assert.Matches("Sun.*04:15 UTC", li.TextContent));
        await panel.InvokeAsync(() => panel.Find("form").SubmitAsync());
        await panel.WaitForAssertionAsync(() => Assert.Contains("every Sunday at 04:15", panel.Find(".change-list li").TextContent, StringComparison.Ordinal), Patience);
        await panel.InvokeAsync(() => Button(panel, "Pause").ClickAsync(new()));
        await panel.WaitForAssertionAsync(() => Assert.Contains("Paused", panel.Find(".change-list li").TextContent, StringComparison.Ordinal), Patience);
        await panel.InvokeAsync(() => Button(panel, "Edit").ClickAsync(new()));
        await panel.InvokeAsync(() => panel.Find("#field-pattern").ChangeAsync("own"));
        await panel.InvokeAsync(() => panel.Find("#field-cron").InputAsync("* * * * *"));
        await panel.InvokeAsync(() => panel.Find("form").SubmitAsync());
        await panel.WaitForAssertionAsync(() => Assert.True(panel.Find("#field-cron").HasAttribute("aria-invalid")), Patience);
        await panel.InvokeAsync(() => panel.Find("#field-cron").InputAsync("0 1 * * *"));
        await panel.InvokeAsync(() => panel.Find("form").SubmitAsync());
        await panel.WaitForAssertionAsync(() => Assert.Contains("every day at 01:00", panel.Find(".change-list li").TextContent, StringComparison.Ordinal), Patience);
        await panel.InvokeAsync(() => Button(panel, "Remove").ClickAsync(new()));
        await panel.InvokeAsync(() => Button(panel, "Remove it").ClickAsync(new()));
        await panel.WaitForAssertionAsync(() => Assert.Empty(panel.FindAll(".change-list li")), Patience);
    }

    [Fact]
    public async Task Page_OfAll_ShowsEachWithItsProjectAndNextTime()
    {
        var (tenant, owner) = await SignInOwnerAsync("sc");
        await Host.Get<ScheduleService>().CreateAsync(owner, new CreateSchedule(tenant.ProjectId, tenant.NodeId, RunKind.Check, "30 3 * * 1-5", "Europe/Berlin"), Ct);
        var page = Render<SchedulesPage>(p => p.AddCascadingValue(owner));
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll("tbody tr")), Patience);
        Assert.Contains("Monday to Friday at 03:30", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains($"node-{tenant.Marker}", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, (await Host.Get<ScheduleService>().ListAsync(owner, tenant.ProjectId, tenant.NodeId, new PageQuery(), Ct)).Total);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SchedulePanel> panel, string text) => panel.FindAll(".change-list button").Single(b => b.TextContent.Trim() == text);
}
