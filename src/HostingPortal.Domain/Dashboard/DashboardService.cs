using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Dashboard;

/// <summary>The figures and the list of what needs a person, for what the actor may see.</summary>
public sealed class DashboardService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<DashboardFigures> GetFiguresAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var today = time.GetUtcNow().UtcDateTime.Date;
        var soon = time.GetUtcNow().UtcDateTime.AddDays(21);
        var nodes = db.Nodes.Where(n => n.State != NodeState.Removed && (actor.IsStaff || ids.Contains(n.Project!.ClientId)));
        var sites = db.Sites.Where(s => !s.Removed && (actor.IsStaff || ids.Contains(s.ClientId)));
        var runs = db.Runs.Where(r => actor.IsStaff || ids.Contains(r.ClientId));
        return new DashboardFigures(
            actor.IsStaff ? await db.Accounts.CountAsync(ct) : 0,
            await db.Clients.CountAsync(c => actor.IsStaff || ids.Contains(c.Id), ct),
            await db.Projects.CountAsync(p => actor.IsStaff || ids.Contains(p.ClientId), ct),
            await nodes.CountAsync(ct), await nodes.CountAsync(n => n.State == NodeState.Ready, ct),
            await sites.CountAsync(ct), await sites.CountAsync(s => s.State == SiteState.Online, ct),
            await sites.CountAsync(s => s.Certificate!.State == CertificateState.Valid, ct), await sites.CountAsync(s => s.Certificate!.NotAfter < soon, ct),
            await runs.CountAsync(r => r.QueuedAt >= today, ct),
            await runs.CountAsync(r => r.QueuedAt >= today && (r.State == RunState.Failed || r.State == RunState.PartlyFailed || r.State == RunState.Unreachable), ct),
            await runs.CountAsync(r => r.State == RunState.Queued || r.State == RunState.Running || r.State == RunState.Canceling, ct),
            await nodes.SumAsync(n => n.MonthlyPrice, ct));
    }

    /// <summary>Failed and unreachable nodes, sites that do not answer, certificates that fail; newest first, at most 50.</summary>
    public async Task<IReadOnlyList<AttentionRow>> GetAttentionAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var nodes = await db.Nodes.AsNoTracking()
            .Where(n => (actor.IsStaff || ids.Contains(n.Project!.ClientId))
                && (n.State == NodeState.LastRunFailed || n.State == NodeState.Unreachable || n.State == NodeState.NeedsDecision || n.State == NodeState.Drift))
            .OrderByDescending(n => n.StateSince).Take(25)
            .Select(n => new AttentionRow("node", n.Id, n.Name, n.ProjectId, n.Project!.Name, n.State.ToString(), n.StateReason, n.StateSince)).ToListAsync(ct);
        var sites = await db.Sites.AsNoTracking()
            .Where(s => !s.Removed && (actor.IsStaff || ids.Contains(s.ClientId)) && (s.State == SiteState.DoesNotAnswer || s.StateReason != null || s.Certificate!.State == CertificateState.Failing))
            .OrderByDescending(s => s.StateSince).Take(25)
            .Select(s => new AttentionRow(
                s.Certificate!.State == CertificateState.Failing ? "certificate" : "site", s.Id, s.Names.Where(n => n.Canonical).Select(n => n.Name!.Name).FirstOrDefault() ?? "",
                s.ProjectId, s.Node!.Project!.Name, s.State.ToString(), s.StateReason, s.StateSince)).ToListAsync(ct);
        return nodes.Concat(sites).OrderByDescending(a => a.Since).ToList();
    }
}

/// <param name="Working">Runs that have not ended.</param>
/// <param name="Monthly">Net per month of all nodes the actor sees.</param>
public sealed record DashboardFigures(
    int Accounts, int Clients, int Projects, int Nodes, int NodesReady, int Sites, int SitesOnline, int CertificatesValid, int CertificatesEnding,
    int RunsToday, int RunsFailedToday, int Working, decimal Monthly);

/// <param name="Kind"><c>node</c>, <c>site</c> or <c>certificate</c>.</param>
public sealed record AttentionRow(string Kind, string Id, string Name, string ProjectId, string ProjectName, string State, string? Reason, DateTime Since);
