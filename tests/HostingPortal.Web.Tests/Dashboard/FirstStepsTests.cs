using Bunit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Dashboard;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Dashboard;

namespace HostingPortal.Web.Tests.Dashboard;

/// <summary>A client's three steps to the first site: what is done, what comes next, and who may do it.</summary>
public sealed class FirstStepsTests : Pages
{
    private static readonly DashboardFigures Nothing = new(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static Actor Person(ClientRole role) => new("u-1", "Ann", PortalRole.Client, new Dictionary<string, ClientRole> { ["c-1"] = role });

    private (string States, string? Href) Steps(DashboardFigures figures, ClientRole role)
    {
        var steps = Render<FirstSteps>(p => p.Add(c => c.Title, "Three steps").Add(c => c.Steps, FirstStep.ToSite(figures, Person(role))));
        return (string.Join(", ", steps.FindAll("li .status").Select(s => s.TextContent.Trim())), steps.FindAll("a.mud-button-root").SingleOrDefault()?.GetAttribute("href"));
    }

    [Fact]
    public void Owner_NothingYet_OrdersAServer()
    {
        var (states, href) = Steps(Nothing, ClientRole.Owner);
        Assert.Equal(("To do, To do, To do", "projects/new"), (states, href));
    }

    [Fact]
    public void Member_NoServer_WaitsForWhoMayBuyOne() => Assert.Null(Steps(Nothing, ClientRole.Member).Href);

    [Fact]
    public void Member_ServerIsThere_AddsADomainThenASite()
    {
        var (states, href) = Steps(Nothing with { Projects = 1, Nodes = 1, NodesReady = 1 }, ClientRole.Member);
        Assert.Equal(("Done, To do, To do", "domains"), (states, href));
        Assert.Equal("sites/new", Steps(Nothing with { Projects = 1, Nodes = 1, NodesReady = 1, Domains = 1 }, ClientRole.Member).Href);
    }

    [Fact]
    public void ReadOnly_SeesTheStepsWithoutButtons() => Assert.Null(Steps(Nothing with { NodesReady = 1 }, ClientRole.ReadOnly).Href);
}
