using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Caring for Project Masters: keys, content, timer, and a new one in the place of one that is lost. Outside work follows as runs.</summary>
public sealed class MasterService(IDbContextFactory<PortalDbContext> contexts, RunQueue queue, MasterKeys keys, ChangeFeed feed, TimeProvider time)
{
    /// <summary>A new key between the Primary and the project's master. Returns the run.</summary>
    public Task<long> RotateMasterKeyAsync(Actor actor, string projectId, CancellationToken ct) => StartAsync(actor, projectId, RunJobs.RotateMaster, "master.rotate-key", null, ct);

    /// <summary>A new key between the project's executor (its master, where it has one) and its nodes. Returns the run.</summary>
    public Task<long> RotateNodeKeysAsync(Actor actor, string projectId, CancellationToken ct) => StartAsync(actor, projectId, RunJobs.RotateNodes, "project.rotate-keys", null, ct);

    /// <summary>A new vault password, new broker credentials and database passwords, brought to the nodes by a converge. Returns the run.</summary>
    public Task<long> RenewSecretsAsync(Actor actor, string projectId, CancellationToken ct) => StartAsync(actor, projectId, RunJobs.RenewSecrets, "project.renew-secrets", null, ct);

    /// <summary>The content this portal ships onto the master; touches no node. Returns the run.</summary>
    public Task<long> UpgradeContentAsync(Actor actor, string projectId, CancellationToken ct) => StartAsync(actor, projectId, RunJobs.Content, "master.content", null, ct);

    /// <summary>
    /// Compares who can reach the project's servers with what the machines say: its nodes where they are managed from, its master from the Primary. Returns the
    /// nodes' run, or the master's where there are none yet.
    /// </summary>
    public async Task<long> CheckReachAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindAsync(db, actor, projectId, ct);
        var master = project.Mode == ProjectMode.Managed && await MasterAsync(db, projectId, ct) is { ReadyAt: not null } ready ? new[] { (ready.Id, ready.Name) } : [];
        var nodes = await ServersAsync(db, projectId, ct);
        if (nodes.Count + master.Length == 0)
        {
            throw new RuleViolationException("Project.NoNodes", null, ("project", project.Name));
        }

        await using var transaction = await db.BeginAsync(ct);
        var runs = new IReadOnlyList<(string, string)>[] { master, nodes }.Where(part => part.Count > 0)
            .Select(part => queue.Add(db, new RunOrder(actor, RunKind.Task, RunWish.Converge, project.ClientId, projectId, part, Job: RunJobs.CheckReach))).ToList();
        foreach (var run in runs)
        {
            await db.SaveChangesAsync(ct);
            db.Audit(actor, time, "project.check-reach", project.ClientId, new ObjectRef("project", project.Id, project.Name), null, run.Id);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        runs.ForEach(queue.Announce);
        return runs[^1].Id;
    }

    /// <summary>
    /// Lets a direct project have a Project Master: one can be ordered from now on like any node, and once it is ready it takes the project's nodes over by itself.
    /// </summary>
    public async Task ManageAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindAsync(db, actor, projectId, ct);
        await using var transaction = await db.BeginAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT Id FROM projects WHERE Id = {projectId} FOR UPDATE", ct);
        if (await db.ProjectMasters.AnyAsync(m => m.ProjectId == projectId, ct))
        {
            throw new RuleViolationException("Master.Prepared", null, ("project", project.Name));
        }

        await keys.AddAsync(db, project, ct);
        db.Change(
            actor, time, "project.manage", new Scope(project.ClientId, projectId, null, "project"), new ObjectRef("project", projectId, project.Name),
            new { Mode = nameof(ProjectMode.Direct) }, new { Mode = nameof(ProjectMode.Managed) });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        feed.Publish("project", projectId, project.ClientId, projectId);
    }

    /// <summary>Brings the nodes of a managed project back to the Primary; the master can be removed afterwards. Returns the run.</summary>
    public Task<long> ReleaseAsync(Actor actor, string projectId, CancellationToken ct) => StartAsync(actor, projectId, RunJobs.Release, "project.release", null, ct);

    /// <summary>What the master's timer does while the portal is away. Returns the run that tells the master.</summary>
    public Task<long> SetWatchAsync(Actor actor, string projectId, WatchMode mode, CancellationToken ct) => StartAsync(
        actor, projectId, RunJobs.Watch, "master.watch",
        async db => await db.ProjectMasters.Where(m => m.ProjectId == projectId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Watch, mode), ct), ct, mode.ToString());

    /// <summary>
    /// The master is lost: its server, if there still is one, is deleted, a new one of the same type takes its place, and the nodes get to know it by their cold key.
    /// Returns the run that orders the new one; the others follow by themselves.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="projectId">A managed project with a master.</param>
    /// <param name="writtenName">Must equal the master's name.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<OrderedNode> RebuildAsync(Actor actor, string projectId, string writtenName, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindAsync(db, actor, projectId, ct);
        await using var transaction = await db.BeginAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT Id FROM nodes WHERE ProjectId = {projectId} FOR UPDATE", ct);
        var lost = await MasterAsync(db, projectId, ct) ?? throw new RuleViolationException("Master.NotReady", null, ("project", project.Name));
        if (project.Mode != ProjectMode.Managed)
        {
            throw new RuleViolationException("Master.NotManaged", null);
        }

        if (writtenName != lost.Name)
        {
            throw new RuleViolationException("Confirm.Name", "Name", ("name", lost.Name));
        }

        var now = time.GetUtcNow().UtcDateTime;
        (lost.State, lost.StateReason, lost.StateSince) = (NodeState.Removing, null, now);
        var node = new Node
        {
            Id = Ids.New("n", time), ProjectId = projectId, Name = lost.Name, Template = lost.Template, TemplateVersion = lost.TemplateVersion, ServerType = lost.ServerType,
            Location = lost.Location, Image = lost.Image, MonthlyPrice = lost.MonthlyPrice, Currency = lost.Currency, State = NodeState.Planned, StateSince = now, CreatedAt = now,
            DesiredRevision = 1, Backups = lost.Backups, Protected = lost.Protected,
        };
        db.Nodes.Add(node);
        var change = db.Change(
            actor, time, "master.rebuild", new Scope(project.ClientId, projectId, node.Id, "node"), new ObjectRef("node", node.Id, node.Name), new { Lost = lost.Id }, new { node.ServerType, node.Location });
        var removal = queue.Add(db, new RunOrder(actor, RunKind.Decommission, RunWish.Change, project.ClientId, projectId, [(lost.Id, lost.Name)]));
        var run = queue.Add(db, new RunOrder(actor, RunKind.Bootstrap, RunWish.Change, project.ClientId, projectId, [(node.Id, node.Name)], Job: RunJobs.Rebuild));
        await db.SaveChangesAsync(ct);
        change.RunId = run.Id;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(removal);
        queue.Announce(run);
        return new OrderedNode(node.Id, run.Id);
    }

    private async Task<long> StartAsync(Actor actor, string projectId, string job, string action, Func<PortalDbContext, Task>? shape, CancellationToken ct, string? detail = null)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindAsync(db, actor, projectId, ct);
        var nodes = await NodesAsync(db, project, job, ct);
        await using var transaction = await db.BeginAsync(ct);
        await (shape?.Invoke(db) ?? Task.CompletedTask);
        var run = queue.Add(db, new RunOrder(actor, RunKind.Task, RunWish.Converge, project.ClientId, projectId, nodes, Job: job));
        await db.SaveChangesAsync(ct);
        db.Audit(actor, time, action, project.ClientId, new ObjectRef("project", project.Id, project.Name), detail, run.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(run);
        return run.Id;
    }

    /// <summary>What the run holds: every node that knows the key, or the master alone.</summary>
    private static async Task<List<(string Id, string Name)>> NodesAsync(PortalDbContext db, Project project, string job, CancellationToken ct)
    {
        if (job is RunJobs.Release or RunJobs.Content or RunJobs.Watch && project.Mode != ProjectMode.Managed)
        {
            throw new RuleViolationException("Master.NotManaged", null);
        }

        if (job is not (RunJobs.RotateNodes or RunJobs.Release or RunJobs.RenewSecrets))
        {
            return await MasterAsync(db, project.Id, ct) is { ReadyAt: not null } master
                ? [(master.Id, master.Name)]
                : throw new RuleViolationException("Master.NotReady", null, ("project", project.Name));
        }

        var nodes = await ServersAsync(db, project.Id, ct);
        return nodes.Count > 0 ? nodes : throw new RuleViolationException("Project.NoNodes", null, ("project", project.Name));
    }

    /// <summary>Nodes with a server, the master left out.</summary>
    private static async Task<List<(string Id, string Name)>> ServersAsync(PortalDbContext db, string projectId, CancellationToken ct) =>
        (await db.Nodes.AsNoTracking()
            .Where(n => n.ProjectId == projectId && n.Template != NodeTemplate.ProjectMaster && n.CloudServerId != null && n.State != NodeState.Removing && n.State != NodeState.Removed)
            .OrderBy(n => n.Id).Select(n => new { n.Id, n.Name }).ToListAsync(ct)).Select(n => (n.Id, n.Name)).ToList();

    private static Task<Node?> MasterAsync(PortalDbContext db, string projectId, CancellationToken ct) => db.Nodes.FirstOrDefaultAsync(
        n => n.ProjectId == projectId && n.Template == NodeTemplate.ProjectMaster && n.State != NodeState.Removing && n.State != NodeState.Removed, ct);

    private static async Task<Project> FindAsync(PortalDbContext db, Actor actor, string projectId, CancellationToken ct)
    {
        var project = actor.Visible(await db.Projects.FirstOrDefaultAsync(p => p.Id == projectId, ct), p => p.ClientId);
        actor.RequireOwner(project.ClientId);
        return project;
    }
}
