using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

internal static class SitesByName
{
    /// <summary>Up to here a word's sites are a list the database finds by index; beyond it every site is looked at, and the page is full soon.</summary>
    public const int Few = 1_000;

    /// <summary>Sites with a name that has the word in it, or of these projects.</summary>
    public static async Task<IQueryable<Site>> MatchingAsync(this IQueryable<Site> sites, PortalDbContext db, string word, IReadOnlyList<string> projects, CancellationToken ct)
    {
        var named = await db.SiteNames.Where(n => n.Name!.Name.Contains(word)).Select(n => n.SiteId).Take(Few + 1).ToListAsync(ct);
        return named.Count <= Few
            ? sites.Where(s => named.Contains(s.Id) || projects.Contains(s.ProjectId))
            : sites.Where(s => s.Names.Any(n => n.Name!.Name.Contains(word)) || projects.Contains(s.ProjectId));
    }

    /// <summary>
    /// Ids of all sites in the order of their main names, read from the index of names as far as the page goes. Whatever narrows sites would make the database begin
    /// there and sort all of them; a narrowed list is short enough for that, all sites are not.
    /// </summary>
    public static IQueryable<string> SiteIdsByName(this PortalDbContext db, bool descending)
    {
        var names = db.SiteNames.Where(n => n.Canonical && !db.Sites.Any(s => s.Id == n.SiteId && s.Removed));
        return (descending ? names.OrderByDescending(n => n.Name!.Name) : names.OrderBy(n => n.Name!.Name)).Select(n => n.SiteId);
    }

    /// <summary>Ids of these sites in the order of their main names.</summary>
    public static IQueryable<string> IdsByName(this IQueryable<Site> sites, PortalDbContext db, bool descending)
    {
        var named = from s in sites join n in db.SiteNames on s.Id equals n.SiteId where n.Canonical select new { s.Id, n.Name!.Name };
        return (descending ? named.OrderByDescending(n => n.Name) : named.OrderBy(n => n.Name)).Select(n => n.Id);
    }
}
