using System.Globalization;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Search;

/// <summary>
/// One field for everything the actor may see: clients, projects, nodes (by address too), sites, domain names, runs (by number; staff also by commit). Each
/// word must be found somewhere on the object's path; the best four of a kind come back, those whose own name begins with the first word first.
/// </summary>
public sealed class SearchService(IDbContextFactory<PortalDbContext> contexts)
{
    public const int MostPerKind = 4;
    private const int ShortestCommit = 7;

    /// <returns>Nothing for a text without a word.</returns>
    public async Task<IReadOnlyList<SearchHit>> FindAsync(Actor actor, string text, CancellationToken ct)
    {
        var words = new PageQuery(Search: text).Words;
        if (words.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        return
        [
            .. await ProjectsAsync(db, actor, words, ct),
            .. await NodesAsync(db, actor, words, ct),
            .. await SitesAsync(db, actor, words, ct),
            .. await NamesAsync(db, actor, words, ct),
            .. await ClientsAsync(db, actor, words, ct),
            .. await RunsAsync(db, actor, words, ct),
        ];
    }

    private static async Task<List<SearchHit>> ClientsAsync(PortalDbContext db, Actor actor, IReadOnlyList<string> words, CancellationToken ct)
    {
        var first = words[0];
        var found = db.Clients.AsNoTracking().Where(_ => actor.IsStaff);
        foreach (var word in words)
        {
            found = found.Where(c => c.Name.Contains(word));
        }

        return await found.OrderByDescending(c => c.Name.StartsWith(first)).ThenBy(c => c.Name).Take(MostPerKind)
            .Select(c => new SearchHit(SearchKind.Client, c.Id, c.Name, null, "", null)).ToListAsync(ct);
    }

    private static async Task<List<SearchHit>> ProjectsAsync(PortalDbContext db, Actor actor, IReadOnlyList<string> words, CancellationToken ct)
    {
        var (first, ids) = (words[0], actor.ClientIds.ToList());
        var found = db.Projects.AsNoTracking().Where(p => actor.IsStaff || ids.Contains(p.ClientId));
        foreach (var word in words)
        {
            found = found.Where(p => p.Name.Contains(word) || p.Client!.Name.Contains(word));
        }

        return await found.OrderByDescending(p => p.Name.StartsWith(first)).ThenBy(p => p.Name).Take(MostPerKind)
            .Select(p => new SearchHit(SearchKind.Project, p.Id, p.Name, p.Id, p.Client!.Name, null)).ToListAsync(ct);
    }

    private static async Task<List<SearchHit>> NodesAsync(PortalDbContext db, Actor actor, IReadOnlyList<string> words, CancellationToken ct)
    {
        var (first, ids) = (words[0], actor.ClientIds.ToList());
        var found = db.Nodes.AsNoTracking().Where(n => n.State != Nodes.NodeState.Removed && (actor.IsStaff || ids.Contains(n.Project!.ClientId)));
        foreach (var word in words)
        {
            found = found.Where(n => n.Name.Contains(word) || n.Project!.Name.Contains(word) || n.Project.Client!.Name.Contains(word)
                || n.PublicIpv4!.StartsWith(word) || n.PublicIpv6!.StartsWith(word));
        }

        return await found.OrderByDescending(n => n.Name.StartsWith(first) || n.PublicIpv4 == first || n.PublicIpv6 == first).ThenBy(n => n.Name).Take(MostPerKind)
            .Select(n => new SearchHit(SearchKind.Node, n.Id, n.Name, n.ProjectId, n.Project!.Name, n.State.ToString())).ToListAsync(ct);
    }

    private static async Task<List<SearchHit>> SitesAsync(PortalDbContext db, Actor actor, IReadOnlyList<string> words, CancellationToken ct)
    {
        var (first, ids) = (words[0], actor.ClientIds.ToList());
        var found = db.Sites.AsNoTracking().Where(s => !s.Removed && (actor.IsStaff || ids.Contains(s.ClientId)));
        foreach (var word in words)
        {
            var projects = await db.Projects.Where(p => p.Name.Contains(word) || p.Client!.Name.Contains(word)).Select(p => p.Id).ToListAsync(ct);
            found = await found.MatchingAsync(db, word, projects, ct);
        }

        // Keys first: those whose name begins with the word by the index of names, then the newest of the rest.
        var begin = db.SiteNames.Where(n => n.Name!.Name.StartsWith(first)).Select(n => n.SiteId);
        var shown = await found.Where(s => begin.Contains(s.Id)).OrderByDescending(s => s.CreatedAt).Take(MostPerKind).Select(s => s.Id).ToListAsync(ct);
        shown.AddRange(shown.Count == MostPerKind ? [] : await found.Where(s => !shown.Contains(s.Id)).OrderByDescending(s => s.CreatedAt).Take(MostPerKind - shown.Count).Select(s => s.Id).ToListAsync(ct));
        var hits = await db.Sites.AsNoTracking().Where(s => shown.Contains(s.Id))
            .Select(s => new SearchHit(
                SearchKind.Site, s.Id, s.Names.Where(n => n.Canonical).Select(n => n.Name!.Name).FirstOrDefault() ?? "", s.ProjectId, s.Node!.Project!.Name, s.State.ToString()))
            .ToListAsync(ct);
        return [.. hits.OrderBy(h => shown.IndexOf(h.Id))];
    }

    private static async Task<List<SearchHit>> NamesAsync(PortalDbContext db, Actor actor, IReadOnlyList<string> words, CancellationToken ct)
    {
        var (first, ids) = (words[0], actor.ClientIds.ToList());
        var found = db.Names.AsNoTracking().Where(n => actor.IsStaff || ids.Contains(n.ClientId));
        foreach (var word in words)
        {
            found = found.Where(n => n.Name.Contains(word));
        }

        return await found.OrderByDescending(n => n.Name.StartsWith(first)).ThenBy(n => n.Name).Take(MostPerKind)
            .Select(n => new SearchHit(SearchKind.Name, n.Id, n.Name, null, "", null)).ToListAsync(ct);
    }

    private static async Task<List<SearchHit>> RunsAsync(PortalDbContext db, Actor actor, IReadOnlyList<string> words, CancellationToken ct)
    {
        var first = words[0];
        var number = long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        var commit = actor.IsStaff && first.Length >= ShortestCommit && first.All(char.IsAsciiHexDigit) ? first : null;
        if (words.Count > 1 || (number < 0 && commit is null))
        {
            return [];
        }

        var found = await db.Runs.AsNoTracking().VisibleTo(actor).Where(r => r.Id == number || (commit != null && r.InventoryCommit!.StartsWith(commit)))
            .OrderByDescending(r => r.Id).Take(MostPerKind)
            .Select(r => new { r.Id, r.Kind, r.ProjectId, Project = db.Projects.Where(p => p.Id == r.ProjectId).Select(p => p.Name).FirstOrDefault() ?? "", r.State, r.ChangedCount })
            .ToListAsync(ct);
        return found.ConvertAll(r => new SearchHit(SearchKind.Run, r.Id.ToString(CultureInfo.InvariantCulture), r.Kind.ToString(), r.ProjectId, r.Project, r.State.ToString()) { Changed = r.ChangedCount });
    }
}

public enum SearchKind
{
    Client,
    Project,
    Node,
    Site,
    Name,
    Run,
}

/// <param name="Name">What people call it; of a run its kind.</param>
/// <param name="ProjectId">The project it lies in, where its address needs one.</param>
/// <param name="Place">Name of what it belongs to: the project of a node, the client of a project; may be empty.</param>
/// <param name="State">Name of its state, e.g. <c>Ready</c>, or null for what has none.</param>
public sealed record SearchHit(SearchKind Kind, string Id, string Name, string? ProjectId, string Place, string? State)
{
    /// <summary>Of a run: how many results changed something.</summary>
    public int Changed { get; init; }
}
