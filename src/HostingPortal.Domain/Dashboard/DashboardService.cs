using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Domain.Sites;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Dashboard;

/// <summary>The figures and the list of what needs a person, for what the actor may see.</summary>
public sealed class DashboardService(IDbContextFactory<PortalDbContext> contexts, IWorkingDisk disk, TimeProvider time)
{
    private const int MostOfAKind = 25;

    public async Task<DashboardFigures> GetFiguresAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var today = time.GetUtcNow().UtcDateTime.Date;
        var soon = time.GetUtcNow().UtcDateTime.AddDays(21);
        var projects = db.Projects.Where(p => actor.IsStaff || ids.Contains(p.ClientId));
        var nodes = await db.Nodes.Where(n => n.State != NodeState.Removed && (actor.IsStaff || ids.Contains(n.Project!.ClientId)))
            .GroupBy(n => n.State).Select(g => new { State = g.Key, Count = g.Count(), Monthly = g.Sum(n => n.MonthlyPrice) }).ToListAsync(ct);
        var sites = await db.Sites.Where(s => !s.Removed && (actor.IsStaff || ids.Contains(s.ClientId)))
            .GroupBy(s => s.State).Select(g => new { State = g.Key, Count = g.Count() }).ToListAsync(ct);
        var certificates = db.Certificates.Where(c => !c.Removed && (actor.IsStaff || projects.Select(p => p.Id).Contains(c.ProjectId)));
        var runs = db.Runs.Where(r => actor.IsStaff || ids.Contains(r.ClientId));
        var ended = await runs.Where(r => r.QueuedAt >= today).GroupBy(r => r.State).Select(g => new { State = g.Key, Count = g.Count() }).ToListAsync(ct);
        return new DashboardFigures(
            actor.IsStaff ? await db.Accounts.CountAsync(ct) : 0,
            await db.Clients.CountAsync(c => actor.IsStaff || ids.Contains(c.Id), ct), await projects.CountAsync(ct),
            nodes.Sum(n => n.Count), nodes.Where(n => n.State == NodeState.Ready).Sum(n => n.Count),
            sites.Sum(s => s.Count), sites.Where(s => s.State == SiteState.Online).Sum(s => s.Count),
            await certificates.CountAsync(c => c.State == CertificateState.Valid, ct), await certificates.CountAsync(c => c.NotAfter < soon, ct),
            ended.Sum(r => r.Count), ended.Where(r => r.State is RunState.Failed or RunState.PartlyFailed or RunState.Unreachable).Sum(r => r.Count),
            await runs.AtWork(time.GetUtcNow().UtcDateTime).CountAsync(ct), nodes.Sum(n => n.Monthly),
            actor.IsStaff ? 0 : await db.Names.CountAsync(n => n.VerifiedAt != null && ids.Contains(n.ClientId), ct) + await db.ZoneAllotments.CountAsync(z => ids.Contains(z.ClientId), ct));
    }

    /// <summary>Runs that have not ended, but for those that wait for a later try.</summary>
    public async Task<int> CountWorkingAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Runs.VisibleTo(actor).AtWork(time.GetUtcNow().UtcDateTime).CountAsync(ct);
    }

    /// <summary>Failed and unreachable nodes, sites that do not answer, certificates that fail, for staff accounts whose token Hetzner refuses and, first, a disk of the portal that is nearly full; newest first, at most 76.</summary>
    public async Task<IReadOnlyList<AttentionRow>> GetAttentionAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var nodes = await db.Nodes.AsNoTracking()
            .Where(n => (actor.IsStaff || ids.Contains(n.Project!.ClientId))
                && (n.State == NodeState.LastRunFailed || n.State == NodeState.Unreachable || n.State == NodeState.NeedsDecision || n.State == NodeState.Drift))
            .OrderByDescending(n => n.StateSince).Take(MostOfAKind)
            .Select(n => new AttentionRow("node", n.Id, n.Name, n.ProjectId, n.Project!.Name, n.State.ToString(), n.StateReason, n.StateSince)).ToListAsync(ct);
        var visible = db.Sites.AsNoTracking().Where(s => !s.Removed && (actor.IsStaff || ids.Contains(s.ClientId)));
        var silent = await visible.Where(s => s.State == SiteState.DoesNotAnswer).OrderByDescending(s => s.StateSince).Take(MostOfAKind).Select(s => s.Id).ToListAsync(ct);
        var unwell = await visible.Where(s => s.StateReason != null).OrderByDescending(s => s.StateSince).Take(MostOfAKind).Select(s => s.Id).ToListAsync(ct);
        var uncertified = await visible.Join(db.Certificates.Where(c => !c.Removed && c.State == CertificateState.Failing), s => s.CertificateId, c => c.Id, (s, _) => s)
            .OrderByDescending(s => s.StateSince).Take(MostOfAKind).Select(s => s.Id).ToListAsync(ct);
        List<string> shown = [.. silent.Union(unwell).Union(uncertified)];
        var sites = await visible.Where(s => shown.Contains(s.Id)).OrderByDescending(s => s.StateSince).Take(MostOfAKind)
            .Select(s => new AttentionRow(
                s.Certificate!.State == CertificateState.Failing ? "certificate" : "site", s.Id, s.Names.Where(n => n.Canonical).Select(n => n.Name!.Name).FirstOrDefault() ?? "",
                s.ProjectId, s.Node!.Project!.Name, s.State.ToString(), s.StateReason, s.StateSince)).ToListAsync(ct);
        var accounts = await db.Accounts.AsNoTracking().Where(a => actor.IsStaff && a.Problem != null).Take(MostOfAKind)
            .Select(a => new AttentionRow("account", a.Id, a.Name, "", "", "", a.Problem, a.CheckedAt ?? a.CreatedAt)).ToListAsync(ct);
        if (actor.IsStaff && disk.IsNearlyFull)
        {
            accounts.Add(new AttentionRow("disk", "disk", "", "", "", "", "portal.disk", time.GetUtcNow().UtcDateTime));
        }

        return accounts.Concat(nodes).Concat(sites).OrderByDescending(a => a.Since).ToList();
    }
}

/// <param name="Working">Runs that have not ended, but for those that wait for a later try.</param>
/// <param name="Monthly">Net per month of all nodes the actor sees.</param>
/// <param name="Domains">Verified names and allotted zones of the actor's clients, either of which a site can have a name in; 0 for staff, who have no use for it.</param>
public sealed record DashboardFigures(
    int Accounts, int Clients, int Projects, int Nodes, int NodesReady, int Sites, int SitesOnline, int CertificatesValid, int CertificatesEnding,
    int RunsToday, int RunsFailedToday, int Working, decimal Monthly, int Domains);

/// <param name="Kind"><c>node</c>, <c>site</c>, <c>certificate</c> or, without a project, <c>account</c>, or <c>disk</c>, which has no page.</param>
public sealed record AttentionRow(string Kind, string Id, string Name, string ProjectId, string ProjectName, string State, string? Reason, DateTime Since);
