using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Shared;

namespace HostingPortal.Web.Components.Layout;

/// <param name="Caption">Resource key of the group it opens, or null.</param>
public sealed record NavigationEntry(string Href, string Icon, string TextKey, string? Caption = null)
{
    private static readonly NavigationEntry[] Admin =
    [
        new("./", PortalIcons.Dashboard, "Nav.Dashboard"),
        new("runs", PortalIcons.Runs, "Nav.Runs"),
        new("schedules", PortalIcons.Clock, "Schedules.Title"),
        new("clients", PortalIcons.Clients, "Nav.Clients", "Nav.Customers"),
        new("projects", PortalIcons.Project, "Nav.Projects"),
        new("nodes", PortalIcons.Node, "Nav.Nodes", "Nav.Infrastructure"),
        new("sites", PortalIcons.Site, "Nav.Sites", "Nav.Hosting"),
        new("domains", PortalIcons.Dns, "Nav.Domains"),
        new("certificates", PortalIcons.Certificate, "Certificates.Title"),
        new("audit", PortalIcons.Audit, "Nav.Audit", "Nav.Manage"),
        new("settings/accounts", PortalIcons.Settings, "Nav.Settings"),
    ];

    private static readonly NavigationEntry[] Client =
    [
        new("./", PortalIcons.Home, "Nav.Home"),
        new("sites", PortalIcons.Site, "Nav.Sites"),
        new("domains", PortalIcons.Dns, "Nav.Domains"),
        new("certificates", PortalIcons.Certificate, "Certificates.Title"),
        new("projects", PortalIcons.Project, "Nav.Projects"),
        new("activity", PortalIcons.Clock, "Nav.Activity"),
        new("team", PortalIcons.Clients, "Team.Title"),
    ];

    /// <summary>The entry an address belongs to: a site or node lies below its project, but is reached by its own list.</summary>
    /// <param name="path">Without what all pages begin with, e.g. <c>projects/p-1</c>.</param>
    public static string SectionOf(string path) => path switch
    {
        _ when path.Contains("/sites/", StringComparison.Ordinal) => "sites",
        _ when path.Contains("/nodes/", StringComparison.Ordinal) => "nodes",
        _ when path.StartsWith("settings", StringComparison.Ordinal) => "settings/accounts",
        "" => "./",
        _ => path.Split('/')[0],
    };

    /// <summary>Support sees what admins see, without what is only for changing things.</summary>
    public static IReadOnlyList<NavigationEntry> For(Actor actor) => actor.Role switch
    {
        PortalRole.Admin => Admin,
        PortalRole.Support => [.. Admin.Where(e => e.Href is not "settings/accounts" and not "./")],
        _ => Client,
    };
}
