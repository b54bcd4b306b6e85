using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Search;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Search;
using Xunit;

namespace HostingPortal.Web.Tests.Search;

public sealed class PaletteEntryTests : Pages
{
    private static readonly SearchHit Node = new(SearchKind.Node, "n-1", "web-3", "p-1", "acme-shop", "LastRunFailed");

    [Fact]
    public void All_NothingWritten_OffersPagesAndWhatCanBeBegun()
    {
        var entries = PaletteEntry.All(As(PortalRole.Admin), [], false, [], T);
        Assert.Contains(entries, e => e.Href == "runs");
        Assert.Contains(entries, e => e.Href == "clients/new");
    }

    [Fact]
    public void All_OfANode_LeadsToItAndToWhatItsProjectMayGet()
    {
        var entries = PaletteEntry.All(As(PortalRole.Admin), ["web-3"], false, [Node], T);
        Assert.Equal(("projects/p-1/nodes/n-1", "acme-shop / web-3", "NodeState.LastRunFailed"), (entries[0].Href, entries[0].Text, entries[0].Status!.TextKey));
        Assert.Contains(entries, e => e.Text == "Add node to acme-shop" && e.Href == "projects/p-1/nodes/new");
    }

    [Fact]
    public void All_ForSupportAndReaders_OffersNothingThatChanges()
    {
        Assert.DoesNotContain(PaletteEntry.All(As(PortalRole.Support), [], false, [Node], T), e => e.Href.EndsWith("/new", StringComparison.Ordinal));
        Assert.DoesNotContain(PaletteEntry.All(As(PortalRole.Admin) with { ReadsOnly = true }, [], false, [Node], T), e => e.Href.EndsWith("/new", StringComparison.Ordinal));
    }

    [Fact]
    public void All_VerbsOnly_FiltersThemByEveryWord()
    {
        var entry = Assert.Single(PaletteEntry.All(As(PortalRole.Admin), ["new", "PROJ"], true, [], T));
        Assert.Equal("projects/new", entry.Href);
    }

    private static Actor As(PortalRole role) => new("u-1", "Mara", role, new Dictionary<string, ClientRole>());
}
