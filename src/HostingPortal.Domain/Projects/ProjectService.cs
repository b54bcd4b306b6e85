using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Projects;

/// <summary>Projects: made by admins and by client owners in accounts allotted to them.</summary>
public sealed class ProjectService(
    IDbContextFactory<PortalDbContext> contexts, MasterKeys keys, ChangeFeed feed, TimeProvider time)
{
    public async Task<Page<ProjectRow>> ListAsync(Actor actor, string? clientId, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var projects = db.Projects.AsNoTracking().VisibleTo(actor).Where(p => clientId == null || p.ClientId == clientId);
        foreach (var word in query.Words)
        {
            projects = projects.Where(p => p.Name.Contains(word) || p.Client!.Name.Contains(word));
        }

        var sorted = (query.Sort, query.Descending) switch
        {
            ("client", false) => projects.OrderBy(p => p.Client!.Name).ThenBy(p => p.Name),
            ("client", true) => projects.OrderByDescending(p => p.Client!.Name).ThenBy(p => p.Name),
            (_, true) => projects.OrderByDescending(p => p.Name),
            _ => projects.OrderBy(p => p.Name),
        };
        return await sorted.ThenBy(p => p.Id).Select(p => p.Id)
            .ToPageAsync(projects, shown => Rows(db, db.Projects.AsNoTracking().Where(p => shown.Contains(p.Id))), p => p.Id, query, ct);
    }

    public async Task<ProjectRow> GetAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return actor.Visible(await Rows(db, db.Projects.AsNoTracking().Where(p => p.Id == projectId)).FirstOrDefaultAsync(ct), p => p.ClientId);
    }

    public async Task<ProjectRow> CreateAsync(Actor actor, CreateProject request, CancellationToken ct)
    {
        actor.RequireOwner(request.ClientId);
        if (!Slug.IsSlug(request.Name))
        {
            throw new RuleViolationException("Slug.Form", nameof(request.Name));
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var client = await db.LockClientAsync(request.ClientId, ct);
        if (!await db.AccountAllotments.AnyAsync(a => a.AccountId == request.AccountId && a.ClientId == request.ClientId, ct))
        {
            throw new RuleViolationException("Project.Account", nameof(request.AccountId));
        }

        if (await db.Projects.AnyAsync(p => p.ClientId == request.ClientId && p.Name == request.Name, ct))
        {
            throw new RuleViolationException("Project.NameTaken", nameof(request.Name), ("name", request.Name));
        }

        Quotas.RequireRoom(client.MaxProjects, await db.Projects.CountAsync(p => p.ClientId == request.ClientId, ct), "Quota.Projects");
        var id = Ids.New("p", time);
        var (publicKey, key, vault) = await keys.MakeAsync(id, ct);
        db.Secrets.AddRange(key, vault);
        var project = new Project
        {
            Id = id, ClientId = request.ClientId, AccountId = request.AccountId, Name = request.Name, Mode = request.Mode,
            CreatedAt = time.GetUtcNow().UtcDateTime, SshPublicKey = publicKey, SshKeySecretId = key.Id, VaultSecretId = vault.Id,
        };
        db.Projects.Add(project);
        if (request.Mode == ProjectMode.Managed)
        {
            await keys.AddAsync(db, project, ct);
        }

        db.Change(actor, time, "project.create", new Scope(request.ClientId, id, null, "project"), new ObjectRef("project", id, request.Name), null, new { request.Name, Mode = request.Mode.ToString() });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        feed.Publish("project", id, request.ClientId, id);
        return await GetAsync(actor, id, ct);
    }

    private static IQueryable<ProjectRow> Rows(PortalDbContext db, IQueryable<Project> projects) =>
        projects.Select(p => new ProjectRow(
            p.Id, p.ClientId, p.Client!.Name, p.AccountId, p.Account!.Name, p.Name, p.Mode, p.CreatedAt,
            db.Nodes.Count(n => n.ProjectId == p.Id && n.State != NodeState.Removed),
            db.Nodes.Count(n => n.ProjectId == p.Id && (n.State == NodeState.LastRunFailed || n.State == NodeState.Unreachable || n.State == NodeState.NeedsDecision)),
            db.Sites.Count(s => s.ProjectId == p.Id && !s.Removed),
            db.Nodes.Where(n => n.ProjectId == p.Id && n.State != NodeState.Removed).Sum(n => n.MonthlyPrice),
            db.AccountAllotments.Where(a => a.AccountId == p.AccountId && a.ClientId == p.ClientId).Select(a => a.MonthlyBudget).FirstOrDefault(),
            p.InventoryCommit));
}

/// <param name="Mode">Managed: a Project Master of its own has to be ordered before any node.</param>
public sealed record CreateProject(string ClientId, string AccountId, string Name, ProjectMode Mode = ProjectMode.Direct);

/// <param name="NeedCare">Nodes whose state needs a person.</param>
/// <param name="Budget">Monthly budget of the client in this account.</param>
public sealed record ProjectRow(
    string Id, string ClientId, string ClientName, string AccountId, string AccountName, string Name, ProjectMode Mode, DateTime CreatedAt,
    int Nodes, int NeedCare, int Sites, decimal Monthly, decimal? Budget, string? InventoryCommit);

internal static class ProjectQueries
{
    public static IQueryable<Project> VisibleTo(this IQueryable<Project> projects, Actor actor)
    {
        var ids = actor.ClientIds.ToList();
        return actor.IsStaff ? projects : projects.Where(p => ids.Contains(p.ClientId));
    }
}
