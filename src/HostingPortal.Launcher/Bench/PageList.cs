namespace HostingPortal.Launcher.Bench;

/// <summary>One address whose answer is timed.</summary>
/// <param name="What">Its line in the table.</param>
/// <param name="Path">Path and query from the root, of the rows that <c>seed --large</c> makes.</param>
internal sealed record PageToOpen(string What, string Path);

/// <summary>Every page that asks nobody but the database, over the rows of a large hoster: lists as they open, sorted, searched, filtered and far down; what they lead to; the palette's search.</summary>
internal static class PageList
{
    /// <summary>The client whose owner signs in for the bench.</summary>
    public static string Client => ClientOf(0);

    public static IReadOnlyList<PageToOpen> Admin { get; } =
    [
        new("dashboard", "/"),
        .. List("/clients", "?sort=since", "?q=client+01", "?page=8"),
        .. List("/projects", "?sort=client", "?q=project-05", "?page=40"),
        .. List("/nodes", "?sort=name", "?sort=project", "?sort=-price", "?q=web-1+project-05", "?page=80"),
        .. List("/sites", "?sort=name", "?sort=-since", "?q=site-0123", "?q=project-0500", "?page=300"),
        .. List("/domains", "?sort=-name", "?q=site-0123", "?page=300"),
        .. List("/certificates", "?sort=name", "?sort=-end", "?show=failing", "?show=ending", "?q=site-0123", "?page=300"),
        .. List("/runs", "?sort=id", "?state=failed", "?state=done", "?q=project-0500", "?q=99000", "?page=3000"),
        .. List("/audit", "?action=site", "?client=" + Id("c", 7), "?q=site-0123", "?from=2026-01-01&until=2030-01-01", "?page=1500"),
        .. List("/notifications", "?show=unread", "?show=problems", "?q=project-0500"),
        .. List("/schedules"),
        new("a client", "/clients/" + Id("c", 0)),
        new("a project", "/projects/" + Id("p", 0)),
        new("a node", $"/projects/{Id("p", 0)}/nodes/{Id("n", 0)}"),
        new("a site", $"/projects/{Id("p", 0)}/sites/{Id("s", 0)}"),
        new("a run", "/runs/99000"),
        new("new client", "/clients/new"),
        new("new project", "/projects/new"),
        new("new site", "/sites/new"),
        new("Hetzner accounts", "/settings/accounts"),
        new("staff", "/settings/staff"),
        .. Search("site-0123", "project-05", "client", "99000", "web-1 project-0500", "nothing-like-it"),
    ];

    public static IReadOnlyList<PageToOpen> Owner { get; } =
    [
        new("home", "/"),
        .. List("/sites", "?sort=name", "?q=site-0"),
        .. List("/projects"),
        .. List("/nodes"),
        .. List("/domains", "?q=site-0"),
        .. List("/certificates", "?show=ending"),
        .. List("/activity"),
        .. List("/notifications", "?show=unread"),
        .. List("/team"),
        new("a site", $"/projects/{Id("p", 0)}/sites/{Id("s", 0)}"),
        new("a run", "/runs/99000"),
        new("new site", "/sites/new"),
        .. Search("site-0", "project"),
    ];

    public static string ClientOf(int number) => Id("c", number);

    private static IEnumerable<PageToOpen> List(string path, params string[] queries) =>
        queries.Prepend("").Select(query => new PageToOpen(path[1..] + " " + Uri.UnescapeDataString(query.Replace('+', ' ')), path + query));

    private static IEnumerable<PageToOpen> Search(params string[] texts) =>
        texts.Select(text => new PageToOpen($"palette “{text}”", "/api/v1/search?q=" + Uri.EscapeDataString(text)));

    private static string Id(string prefix, int number) => $"{prefix}-{number:0000000000000000}";
}
