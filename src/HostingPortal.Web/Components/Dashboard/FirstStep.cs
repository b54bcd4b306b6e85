using HostingPortal.Domain.Dashboard;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Components.Dashboard;

/// <summary>One of the steps to the first thing that runs.</summary>
/// <param name="Key">Its sentences are <c>First.KEY</c>, <c>.Why</c> and <c>.Button</c>.</param>
/// <param name="Href">Where it is taken; null for who may not.</param>
public sealed record FirstStep(string Key, bool Done, string? Href)
{
    /// <summary>To the provider's first server.</summary>
    public static IReadOnlyList<FirstStep> ToServer(DashboardFigures figures) =>
    [
        new("Account", figures.Accounts > 0, "settings/accounts/new"),
        new("Client", figures.Clients > 0, "clients/new"),
        new("Node", figures.Nodes > 0, figures.Projects > 0 ? "projects" : "projects/new"),
    ];

    /// <summary>To a client's first site. Only an owner buys servers; for everybody else their provider or an owner does.</summary>
    public static IReadOnlyList<FirstStep> ToSite(DashboardFigures figures, Actor actor) =>
    [
        new("Server", figures.NodesReady > 0, actor.ClientIds.Any(actor.MayOwn) ? figures.Projects > 0 ? "projects" : "projects/new" : null),
        new("Domain", figures.Domains > 0, actor.MayManageAny ? "domains" : null),
        new("Site", figures.Sites > 0, actor.MayManageAny ? Links.AddSite() : null),
    ];
}
