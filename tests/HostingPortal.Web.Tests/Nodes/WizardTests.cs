using Bunit;
using HostingPortal.Web.Components.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HostingPortal.Web.Tests.Nodes;

/// <summary>What the steps of the wizard say of an offer.</summary>
public sealed class WizardTests : Pages
{
    private readonly FakeTimeProvider clock = new();

    public WizardTests() => Services.AddSingleton<TimeProvider>(clock);

    [Fact]
    public void Places_OtherZone_CannotBeChosenAndSaysWhy()
    {
        var step = Render<PlaceStep>(p => p.Add(s => s.Draft, Draft(zone: "eu-central")).Add(s => s.Refresh, () => Task.CompletedTask));
        var places = step.FindAll("label.choice");
        Assert.Contains("1 type here", places[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("outside the network zone", places[2].TextContent, StringComparison.Ordinal);
        Assert.Equal([false, false, true], places.Select(p => p.QuerySelector("input")!.HasAttribute("disabled")));
    }

    [Fact]
    public void Templates_EachTellsItsCheapestServer() =>
        Assert.Contains("from €5.99/month", Render<TemplateStep>(p => p.Add(s => s.Draft, Draft())).Find("label.choice").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Types_NotOrderable_StayWithTheReasonAndAWayOut()
    {
        var table = Render<TypeTable>(p => p.Add(t => t.Draft, At("fsn1", OfferSketch.Offer(cx33InFalkenstein: false))).Add(t => t.Refresh, () => Task.CompletedTask));
        string Row(string type) => table.FindAll("tbody tr").First(r => r.QuerySelector(".strong")?.TextContent == type).TextContent;
        Assert.Contains("Use Nuremberg", Row("cx33"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("4 GB", Row("cx11"), StringComparison.Ordinal);
        table.Find("input[type=checkbox]").Change(true);
        Assert.DoesNotContain(table.FindAll("tbody tr"), r => r.QuerySelector(".strong")?.TextContent == "cx11");
    }

    [Fact]
    public void Summary_PriceMoved_OldStruckThroughAndTheButtonFollowsAfterTwoSeconds()
    {
        var draft = Draft();
        var summary = Render<NodeSummary>(p => p.Add(s => s.Draft, draft).Add(s => s.Review, true).Add(s => s.ReviewHref, "#").Add(s => s.Href, step => "#" + step));
        Assert.Contains("about 52 seconds", summary.Markup, StringComparison.Ordinal);
        Assert.Empty(summary.FindAll("s"));
        Assert.Equal(("Order · €5.99/month", false), Button());

        draft.Renew(OfferSketch.Offer(cx33: 6.49m));
        summary.Render();
        Assert.Equal("€5.99", summary.Find("s").TextContent);
        Assert.Equal(("Order · €5.99/month", true), Button());
        clock.Advance(TimeSpan.FromSeconds(2));
        summary.WaitForAssertion(() => Assert.Equal(("Order · €6.99/month", false), Button()));

        draft.Renew(OfferSketch.Offer(cx33: 7.49m));
        summary.Render();
        clock.Advance(TimeSpan.FromSeconds(1));
        draft.Renew(OfferSketch.Offer(cx33: 8.49m));
        summary.Render();
        clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(("Order · €6.99/month", true), Button());
        clock.Advance(TimeSpan.FromSeconds(0.5));
        summary.WaitForAssertion(() => Assert.Equal(("Order · €8.99/month", false), Button()));

        (string, bool) Button()
        {
            var button = summary.Find(".summary-action button");
            return (button.TextContent.Trim(), button.HasAttribute("disabled"));
        }
    }

    [Fact]
    public void Options_BackupsAndProtection_StandInThePriceTheReviewAndTheOrder()
    {
        var draft = Draft();
        draft.TakeNext(true);
        var options = Render<OptionsStep>(p => p.Add(s => s.Draft, draft));
        Assert.Contains("20 % of its price", options.Markup, StringComparison.Ordinal);
        Assert.Equal((false, true), (draft.ToOrder("p").Backups, draft.ToOrder("p").Protected));
        options.FindAll("input[type=checkbox]")[0].Change(true);
        options.FindAll("input[type=checkbox]")[1].Change(false);

        var order = draft.ToOrder("p");
        Assert.Equal((true, false, 7.09m), (order.Backups, order.Protected, order.ExpectedMonthly));
        Assert.All(order.Fallbacks!, next => Assert.Equal(7.09m, next.Monthly));
        var summary = Render<NodeSummary>(p => p.Add(s => s.Draft, draft).Add(s => s.ReviewHref, "#").Add(s => s.Href, step => "#" + step));
        Assert.Contains("Daily backups", summary.Find(".price-lines").TextContent, StringComparison.Ordinal);
        Assert.Contains("€1.10", summary.Find(".price-lines").TextContent, StringComparison.Ordinal);
        Assert.Contains("€7.09", summary.Find(".summary-action").TextContent, StringComparison.Ordinal);
        var review = Render<ReviewStep>(p => p.Add(s => s.Draft, draft).Add(s => s.ProjectName, "shop"));
        Assert.Contains("Daily backups", review.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Protect against deletion", review.Markup, StringComparison.Ordinal);
    }

    private static NodeDraft Draft(string? zone = null) => NodeDraft.Start(OfferSketch.Offer(zone: zone), 0);

    private static NodeDraft At(string place, HostingPortal.Domain.Nodes.NodeOffer offer)
    {
        var draft = NodeDraft.Start(offer, 0);
        draft.ChoosePlace(place);
        return draft;
    }
}
