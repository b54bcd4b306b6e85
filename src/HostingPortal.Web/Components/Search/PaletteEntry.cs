using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Search;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Components.Layout;
using HostingPortal.Web.Components.Shared;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Search;

/// <summary>One line of the palette: where it leads, and what it says about it.</summary>
/// <param name="Detail">Stands at the right, e.g. the client of a project; empty for none.</param>
/// <param name="Status">Shown instead of the detail where the object has a state.</param>
public sealed record PaletteEntry(string Group, string Icon, string Text, string Href, string Detail = "", StatusView? Status = null)
{
    private const string GoTo = "Palette.GoTo";
    private const string Do = "Palette.Do";

    private const int MostHits = 8;

    /// <summary>What the palette shows, in order; with nothing written the pages and what one can begin.</summary>
    public static List<PaletteEntry> All(Actor actor, IReadOnlyList<string> words, bool verbsOnly, IReadOnlyList<SearchHit> hits, Texts texts) =>
    [
        .. verbsOnly ? [] : hits.Take(MostHits).Select(h => Of(h, texts)),
        .. verbsOnly ? [] : Pages(actor, words, texts),
        .. Verbs(actor, words, hits.Count > 0 ? hits[0] : null, texts),
    ];

    private static PaletteEntry Of(SearchHit hit, Texts texts) => hit.Kind switch
    {
        SearchKind.Client => new(GoTo, PortalIcons.Clients, hit.Name, Links.Client(hit.Id), texts["Column.Client"]),
        SearchKind.Project => new(GoTo, PortalIcons.Project, hit.Name, Links.Project(hit.Id), hit.Place),
        SearchKind.Node => new(GoTo, PortalIcons.Node, $"{hit.Place} / {hit.Name}", Links.Node(hit.ProjectId!, hit.Id), Status: Statuses.Of(Enum.Parse<Domain.Nodes.NodeState>(hit.State!))),
        SearchKind.Site => new(GoTo, PortalIcons.Site, hit.Name, Links.Site(hit.ProjectId!, hit.Id), Status: Statuses.Of(Enum.Parse<Domain.Sites.SiteState>(hit.State!))),
        SearchKind.Name => new(GoTo, PortalIcons.Dns, hit.Name, "domains?q=" + Uri.EscapeDataString(hit.Name), texts["Palette.Name"]),
        _ => new(
            GoTo, PortalIcons.Runs, texts["Palette.Run", ("number", hit.Id), ("kind", texts["RunKind." + hit.Name]), ("project", hit.Place)], "runs/" + hit.Id,
            Status: Statuses.Of(Enum.Parse<Domain.Runs.RunState>(hit.State!), hit.Changed)),
    };

    /// <summary>Pages of the navigation whose title holds every word.</summary>
    private static IEnumerable<PaletteEntry> Pages(Actor actor, IReadOnlyList<string> words, Texts texts) =>
        NavigationEntry.For(actor).Select(e => new PaletteEntry(GoTo, e.Icon, texts[e.TextKey], e.Href, texts["Palette.Page"])).Where(e => e.Holds(words));

    /// <summary>What the actor may begin; each leads to the form where it is confirmed. <paramref name="best"/> is the first hit.</summary>
    private static IEnumerable<PaletteEntry> Verbs(Actor actor, IReadOnlyList<string> words, SearchHit? best, Texts texts)
    {
        if (best is { ProjectId: { } project, Kind: SearchKind.Project or SearchKind.Node } && actor.MayManageAny)
        {
            var place = best.Kind == SearchKind.Project ? best.Name : best.Place;
            yield return new PaletteEntry(Do, PortalIcons.Plus, texts["Palette.AddSiteTo", ("project", place)], Links.AddSite(project));
            yield return new PaletteEntry(Do, PortalIcons.Plus, texts["Palette.AddNodeTo", ("project", place)], Links.AddNode(project));
        }

        foreach (var verb in General(actor, texts).Where(v => v.Holds(words)))
        {
            yield return verb;
        }
    }

    private static IEnumerable<PaletteEntry> General(Actor actor, Texts texts)
    {
        if (!actor.MayManageAny)
        {
            yield break;
        }

        yield return new(Do, PortalIcons.Plus, texts["Site.Add"], Links.AddSite());
        yield return new(Do, PortalIcons.Plus, texts["Project.New"], "projects/new");
        if (actor.IsAdmin)
        {
            yield return new(Do, PortalIcons.Plus, texts["Client.New"], "clients/new");
            yield return new(Do, PortalIcons.Plus, texts["Account.New"], "settings/accounts/new");
        }
    }

    private bool Holds(IReadOnlyList<string> words) => words.All(w => Text.Contains(w, StringComparison.CurrentCultureIgnoreCase));
}
