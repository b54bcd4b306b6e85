using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

/// <summary>Reading certificates, each with the site it is for.</summary>
public sealed class CertificateQueries(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Ending sooner than this is worth a look; nodes renew 30 days before the end.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    /// <summary>Sorted by <c>name</c> or <c>end</c>; without a sort the failing ones come first, then by their end.</summary>
    /// <param name="projectId">Only this project, or null.</param>
    /// <param name="show">Which, or null for all.</param>
    public async Task<Page<CertificateRow>> ListAsync(Actor actor, string? projectId, CertificateFilter? show, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var soon = time.GetUtcNow().UtcDateTime + Soon;
        var found = db.Certificates.AsNoTracking().Where(c => !c.Removed && (projectId == null || c.ProjectId == projectId));
        if (!actor.IsStaff)
        {
            var projects = db.Projects.Where(p => ids.Contains(p.ClientId)).Select(p => p.Id);
            found = found.Where(c => projects.Contains(c.ProjectId));
        }

        found = show switch
        {
            CertificateFilter.Failing => found.Where(c => c.State == CertificateState.Failing),
            CertificateFilter.Ending => found.Where(c => c.NotAfter < soon),
            CertificateFilter.Ordered => found.Where(c => c.State == CertificateState.Ordered),
            _ => found,
        };
        foreach (var word in query.Words)
        {
            var nodes = await db.Nodes.Where(n => n.Name.Contains(word) || n.Project!.Name.Contains(word)).Select(n => n.Id).ToListAsync(ct);
            var named = (await db.Sites.MatchingAsync(db, word, [], ct)).Select(s => s.CertificateId);
            var few = await named.Take(SitesByName.Few + 1).ToListAsync(ct);
            found = few.Count <= SitesByName.Few
                ? found.Where(c => few.Contains(c.Id) || nodes.Contains(c.NodeId))
                : found.Where(c => named.Contains(c.Id) || nodes.Contains(c.NodeId));
        }

        if (query.Sort == "name")
        {
            var all = actor.IsStaff && projectId is null && show is null && query.Words.Count == 0;
            var sites = all ? db.SiteIdsByName(query.Descending) : db.Sites.Where(s => found.Any(c => c.Id == s.CertificateId)).IdsByName(db, query.Descending);
            return await sites.ToPageAsync(found, shown => Rows(db.Sites.AsNoTracking().Where(s => shown.Contains(s.Id))), c => c.SiteId, query, ct);
        }

        var keys = (query.Sort, query.Descending) switch
        {
            ("end", true) => found.OrderByDescending(c => c.NotAfter).ThenBy(c => c.Id),
            ("end", false) => found.OrderBy(c => c.NotAfter == null).ThenBy(c => c.NotAfter).ThenBy(c => c.Id),
            _ => found.OrderBy(c => c.State == CertificateState.Failing ? 0 : 1).ThenBy(c => c.NotAfter == null).ThenBy(c => c.NotAfter).ThenBy(c => c.Id),
        };
        return await keys.Select(c => c.Id).ToPageAsync(found, shown => Rows(db.Sites.AsNoTracking().Where(s => shown.Contains(s.CertificateId))), c => c.Id, query, ct);
    }

    private static IQueryable<CertificateRow> Rows(IQueryable<Site> sites) => sites.Select(s => new CertificateRow(
        s.CertificateId, s.Id, s.ClientId, s.ProjectId, s.Node!.Project!.Name, s.NodeId, s.Node.Name,
        s.Names.OrderByDescending(n => n.Canonical).ThenBy(n => n.Name!.Name).Select(n => n.Name!.Name).ToList(),
        s.Certificate!.State, s.Certificate.NotAfter, s.Certificate.LastTriedAt, s.Certificate.LastError));
}
