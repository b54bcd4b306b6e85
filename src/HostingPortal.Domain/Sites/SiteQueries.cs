using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

/// <summary>Reading sites.</summary>
public sealed class SiteQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="projectId">Only this project, or null.</param>
    /// <param name="nodeId">Only this node, or null.</param>
    public async Task<Page<SiteRow>> ListAsync(Actor actor, string? projectId, string? nodeId, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var sites = db.Sites.AsNoTracking().Where(s => actor.IsStaff || ids.Contains(s.ClientId))
            .Where(s => !s.Removed && (projectId == null || s.ProjectId == projectId) && (nodeId == null || s.NodeId == nodeId));
        foreach (var word in query.Words)
        {
            var projects = await db.Projects.Where(p => p.Name.Contains(word)).Select(p => p.Id).ToListAsync(ct);
            sites = await sites.MatchingAsync(db, word, projects, ct);
        }

        var all = actor.IsStaff && projectId is null && nodeId is null && query.Words.Count == 0;
        var keys = (query.Sort, query.Descending) switch
        {
            ("name", var descending) => all ? db.SiteIdsByName(descending) : sites.IdsByName(db, descending),
            ("since", false) => sites.OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).Select(s => s.Id),
            ("since", true) => sites.OrderByDescending(s => s.CreatedAt).ThenBy(s => s.Id).Select(s => s.Id),
            _ => sites.OrderBy(s => s.State == SiteState.Online).ThenByDescending(s => s.CreatedAt).ThenBy(s => s.Id).Select(s => s.Id),
        };
        return await keys.ToPageAsync(sites, shown => Rows(db, db.Sites.AsNoTracking().Where(s => shown.Contains(s.Id))), s => s.Id, query, ct);
    }

    public async Task<SiteRow> GetAsync(Actor actor, string siteId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return actor.Visible(await Rows(db, db.Sites.AsNoTracking().Where(s => s.Id == siteId && !s.Removed)).FirstOrDefaultAsync(ct), s => s.ClientId);
    }

    /// <summary>The site a name leads to, for addresses like <c>/projects/…/sites/www.acme.example</c>.</summary>
    public async Task<SiteRow> GetByNameAsync(Actor actor, string projectId, string name, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sites = db.Sites.AsNoTracking().Where(s => s.ProjectId == projectId && !s.Removed && s.Names.Any(n => n.Name!.Name == name));
        return actor.Visible(await Rows(db, sites).FirstOrDefaultAsync(ct), s => s.ClientId);
    }

    private static IQueryable<SiteRow> Rows(PortalDbContext db, IQueryable<Site> sites) =>
        sites.Select(s => new SiteRow(
            s.Id, s.ClientId, s.Node!.Project!.Client!.Name, s.ProjectId, s.Node.Project.Name, s.NodeId, s.Node.Name,
            s.Names.Where(n => n.Canonical).Select(n => n.Name!.Name).FirstOrDefault() ?? "", s.Kind, s.PhpVersion,
            s.State, s.StateReason, s.StateDetail, s.StateSince, s.AnswerMilliseconds, s.UnixUser,
            s.Certificate!.State, s.Certificate.NotAfter, s.Certificate.LastError, s.AppliedRevision == s.DesiredRevision,
            db.Changes.Where(c => c.ObjectId == s.Id && c.RunId != null)
                .Join(db.Runs.Where(r => r.State == RunState.Queued || r.State == RunState.Running || r.State == RunState.Canceling), c => c.RunId, r => r.Id, (c, r) => (long?)r.Id)
                .Max(),
            s.CreatedAt,
            s.Names.OrderByDescending(n => n.Canonical).ThenBy(n => n.Name!.Name)
                .Select(n => new SiteNameRow(n.NameId, n.Name!.Name, n.Canonical, n.Name.VerifiedAt != null, n.Name.Zone == null ? null : n.Name.Zone.Zone)).ToList()));
}
