using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Web.Components.Nodes;

namespace HostingPortal.Web.Tests.Nodes;

public sealed class NodeDraftTests
{
    private static NodeDraft Draft(bool cx33InFalkenstein = true) => NodeDraft.Start(new NodeOffer(
        new CloudCatalog(
            DateTimeOffset.UnixEpoch, "EUR", [new("fsn1", "Falkenstein", "DE", "eu-central"), new("nbg1", "Nuremberg", "DE", "eu-central")],
            [
                new(1, "cx33", "x86", "shared", 4, 8, 80, [Offer("fsn1", cx33InFalkenstein, 5.49m), Offer("nbg1", true, 5.49m)]),
                new(2, "cx11", "x86", "shared", 1, 1, 20, [Offer("fsn1", true, 1m)]),
                new(3, "cax11", "arm", "shared", 2, 4, 40, [Offer("fsn1", true, 3m)]),
            ],
            ["debian-13"], 0.5m, 20),
        [new NodeTemplate("lemp", "1", "Web", ["nginx"], 4, ["x86"], ["cx33"], ["debian-13"], [], new Dictionary<string, IReadOnlyList<string>>())],
        0, 4m, 10m), 1);

    private static CloudOffer Offer(string place, bool available, decimal monthly) => new(place, available, monthly / 730, monthly, 0, 1);

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
}
