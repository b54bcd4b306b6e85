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
        var found = db.Sites.AsNoTracking().Where(s => !s.Removed && (actor.IsStaff || ids.Contains(s.ClientId)) && (projectId == null || s.ProjectId == projectId));
        found = show switch
        {
            CertificateFilter.Failing => found.Where(s => s.Certificate!.State == CertificateState.Failing),
            CertificateFilter.Ending => found.Where(s => s.Certificate!.NotAfter < soon),
            CertificateFilter.Ordered => found.Where(s => s.Certificate!.State == CertificateState.Ordered),
            _ => found,
        };
        foreach (var word in query.Words)
        {
            var named = db.SiteNames.Where(n => n.Name!.Name.Contains(word)).Select(n => n.SiteId);
            var nodes = db.Nodes.Where(n => n.Name.Contains(word) || n.Project!.Name.Contains(word)).Select(n => n.Id);
            found = found.Where(s => named.Contains(s.Id) || nodes.Contains(s.NodeId));
        }

        found = (query.Sort, query.Descending) switch
        {
            ("name", false) => found.OrderBy(s => s.Names.Where(n => n.Canonical).Select(n => n.Name!.Name).FirstOrDefault()).ThenBy(s => s.Id),
            ("name", true) => found.OrderByDescending(s => s.Names.Where(n => n.Canonical).Select(n => n.Name!.Name).FirstOrDefault()).ThenBy(s => s.Id),
            ("end", true) => found.OrderByDescending(s => s.Certificate!.NotAfter).ThenBy(s => s.Id),
            ("end", false) => found.OrderBy(s => s.Certificate!.NotAfter == null).ThenBy(s => s.Certificate!.NotAfter).ThenBy(s => s.Id),
            _ => found.OrderBy(s => s.Certificate!.State == CertificateState.Failing ? 0 : 1).ThenBy(s => s.Certificate!.NotAfter == null).ThenBy(s => s.Certificate!.NotAfter).ThenBy(s => s.Id),
        };
        return await Rows(found).ToPageAsync(query, ct);
    }

    private static IQueryable<CertificateRow> Rows(IQueryable<Site> sites) => sites.Select(s => new CertificateRow(
        s.CertificateId, s.Id, s.ClientId, s.ProjectId, s.Node!.Project!.Name, s.NodeId, s.Node.Name,
        s.Names.OrderByDescending(n => n.Canonical).ThenBy(n => n.Name!.Name).Select(n => n.Name!.Name).ToList(),
        s.Certificate!.State, s.Certificate.NotAfter, s.Certificate.LastTriedAt, s.Certificate.LastError));
}
