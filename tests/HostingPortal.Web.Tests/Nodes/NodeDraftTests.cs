using HostingPortal.Domain.Nodes;
using HostingPortal.Web.Components.Nodes;

namespace HostingPortal.Web.Tests.Nodes;

public sealed class NodeDraftTests
{
    private static NodeDraft Draft(bool cx33InFalkenstein = true) => NodeDraft.Start(OfferSketch.Offer(cx33InFalkenstein), 1);

    [Fact]
    public void Start_Template_HasWorkingDefaults()
    {
        var draft = Draft();

        Assert.Equal(("cx33", "fsn1", "debian-13", "lemp-2"), (draft.ServerType, draft.Location, draft.Image, draft.Name));
        Assert.Equal((5.99m, 9.99m, false), (draft.Price!.Monthly, draft.Price.AfterMonthly, draft.Price.OverBudget));
    }

    [Fact]
    public void Start_FirstChoiceSoldOut_TakesItElsewhere() => Assert.Equal("nbg1", Draft(cx33InFalkenstein: false).Location);

    [Fact]
    public void WhyNot_EachReason_IsNamed()
    {
        var draft = Draft(cx33InFalkenstein: false);

        Assert.Equal("Wizard.NotHere", draft.WhyNot(draft.Find("cx33")!, "ash"));
        Assert.Equal("Wizard.SoldOut", draft.WhyNot(draft.Find("cx33")!, "fsn1"));
        Assert.Equal("Wizard.TooSmall", draft.WhyNot(draft.Find("cx11")!, "fsn1"));
        Assert.Equal("Wizard.OtherProcessor", draft.WhyNot(draft.Find("cax11")!, "fsn1"));
        Assert.Equal("nbg1", draft.Location);
    }

    [Fact]
    public void ChoosePlace_TypeNotThere_HasNoPriceRatherThanAWrongOne()
    {
        var draft = Draft(cx33InFalkenstein: false);

        draft.ChoosePlace("fsn1");

        Assert.Null(draft.Price);
        Assert.Null(draft.ToOrder("p").ExpectedMonthly);
    }

    [Fact]
    public void TakeNext_On_BeginsWithTheSameTypeElsewhereAndOrdersIt()
    {
        var draft = Draft();
        Assert.Null(draft.ToOrder("p").Fallbacks);
        draft.TakeNext(true);
        Assert.Equal([new NodeFallback("cx33", "nbg1", 5.99m)], draft.ToOrder("p").Fallbacks);
        Assert.Equal(5.99m, draft.Ceiling);
        draft.LeaveOut(draft.Chain[0]);
        Assert.Null(draft.ToOrder("p").Fallbacks);
    }

    [Fact]
    public void TakeNext_TheChoiceMoves_IsNeverItsOwnFallback()
    {
        var draft = Draft();
        draft.TakeNext(true);
        draft.ChoosePlace("nbg1");
        Assert.DoesNotContain(draft.Chain, f => f.Location == "nbg1");
    }

    [Fact]
    public void Renew_SoldOutMeanwhile_KeepsTheChoiceWithoutAPrice()
    {
        var draft = Draft();
        draft.Renew(OfferSketch.Offer(cx33InFalkenstein: false));
        Assert.Equal(("cx33", "fsn1", null), (draft.ServerType, draft.Location, draft.Price));
        Assert.Equal("nbg1", draft.Elsewhere(draft.Find("cx33")!)!.Name);
    }

    [Fact]
    public void Renew_PriceMoved_KnowsWhatItWasUntilSomethingElseIsChosen()
    {
        var draft = Draft();
        draft.Renew(OfferSketch.Offer());
        Assert.Null(draft.Before);
        draft.Renew(OfferSketch.Offer(cx33: 6.49m));
        Assert.Equal((5.99m, 6.99m), (draft.Before, draft.Price!.Monthly));
        draft.ChoosePlace("nbg1");
        Assert.Null(draft.Before);
    }

    [Fact]
    public void WhyNot_ProjectHasANetworkElsewhere_IsItsZone()
    {
        var draft = NodeDraft.Start(OfferSketch.Offer(zone: "eu-central"), 0);
        Assert.Equal("Wizard.OtherZone", draft.WhyNot(draft.Find("cpx31")!, "ash"));
        Assert.Equal(0, draft.TypesAt("ash"));
        Assert.Equal(1, Draft().TypesAt("ash"));
    }
}
