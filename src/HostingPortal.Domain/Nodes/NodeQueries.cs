using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Reading nodes.</summary>
public sealed class NodeQueries(IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="sort"><c>name</c>, <c>project</c>, <c>price</c>; default: what needs care first.</param>
    public async Task<Page<NodeRow>> ListAsync(Actor actor, string? projectId, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var nodes = db.Nodes.AsNoTracking().Where(n => actor.IsStaff || ids.Contains(n.Project!.ClientId))
            .Where(n => n.State != NodeState.Removed && (projectId == null || n.ProjectId == projectId));
        foreach (var word in query.Words)
        {
            nodes = nodes.Where(n => n.Name.Contains(word) || n.Project!.Name.Contains(word) || n.PublicIpv4 == word || n.Project.Client!.Name.Contains(word));
        }

        var sorted = (query.Sort, query.Descending) switch
        {
            ("name", false) => nodes.OrderBy(n => n.Name),
            ("name", true) => nodes.OrderByDescending(n => n.Name),
            ("project", false) => nodes.OrderBy(n => n.Project!.Name).ThenBy(n => n.Name),
            ("project", true) => nodes.OrderByDescending(n => n.Project!.Name).ThenBy(n => n.Name),
            ("price", false) => nodes.OrderBy(n => n.MonthlyPrice),
            ("price", true) => nodes.OrderByDescending(n => n.MonthlyPrice),
            _ => nodes.OrderBy(n => n.State == NodeState.Ready).ThenBy(n => n.Project!.Name).ThenBy(n => n.Name),
        };
        return await sorted.ThenBy(n => n.Id).Select(n => n.Id)
            .ToPageAsync(nodes, shown => Rows(db, db.Nodes.AsNoTracking().Where(n => shown.Contains(n.Id))), n => n.Id, query, ct);
    }

    public async Task<NodeRow> GetAsync(Actor actor, string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return actor.Visible(await Rows(db, db.Nodes.AsNoTracking().Where(n => n.Id == nodeId)).FirstOrDefaultAsync(ct), n => n.ClientId);
    }

    private static IQueryable<NodeRow> Rows(PortalDbContext db, IQueryable<Node> nodes) =>
        nodes.Select(n => new NodeRow(
            n.Id, n.ProjectId, n.Project!.Name, n.Project.ClientId, n.Project.Client!.Name, n.Name, n.Template, n.TemplateVersion,
            n.ServerType, n.Location, n.Image, n.MonthlyPrice, n.Currency, n.State, n.StateReason, n.StateSince,
            n.CreatedAt, n.ReadyAt, n.CloudServerId, n.PublicIpv4, n.PublicIpv6, n.HostKey,
            n.AppliedRevision == n.DesiredRevision, n.ConvergedContent,
            db.Sites.Count(s => s.NodeId == n.Id && !s.Removed),
            db.NodeLocks.Where(l => l.NodeId == n.Id).Select(l => (long?)l.RunId).FirstOrDefault(),
            db.RunNodes.Where(r => r.NodeId == n.Id).Max(r => (long?)r.RunId), n.PrivateIpv4) { Backups = n.Backups, Protected = n.Protected });
}
