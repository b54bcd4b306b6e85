using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Ordering, converging and removing nodes. Outside work follows as runs.</summary>
public sealed class NodeService(
    IDbContextFactory<PortalDbContext> contexts, AccountService accounts, IServerCloud cloud, INodeTemplates templates, RunQueue queue, TimeProvider time)
{
    /// <summary>Live offer for a project of the actor: clients see types and prices, never the token.</summary>
    public async Task<NodeOffer> GetOfferAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindProjectAsync(db, actor, projectId, ct);
        var catalog = await cloud.GetCatalogAsync(await accounts.OpenTokenAsync(db, project.AccountId, ct), ct);
        var (client, budget) = await BudgetAsync(db, project, ct);
        var master = await MasterAsync(db, project.Id, ct);
        var mayHave = master is null && await db.ProjectMasters.AnyAsync(m => m.ProjectId == projectId, ct);
        var place = master?.Location ?? (mayHave ? await db.Nodes.Where(n => n.ProjectId == projectId && n.State != NodeState.Removed).Select(n => n.Location).FirstOrDefaultAsync(ct) : null);
        var wantsMaster = mayHave && project.Mode == ProjectMode.Managed;
        var monthly = await db.Nodes.Where(n => n.ProjectId == projectId && n.State != NodeState.Removed).SumAsync(n => n.MonthlyPrice, ct);
        var offered = templates.All.Where(t => (t.Name == NodeTemplate.ProjectMaster ? mayHave : !wantsMaster)).ToList();
        return new NodeOffer(
            catalog, offered, monthly, client, budget, catalog.Locations.FirstOrDefault(l => l.Name == place)?.NetworkZone, await NodeTimes.ReadAsync(db, ct));
    }

    /// <summary>Orders a server: the node and its run exist when this returns; the paid call is made by the run.</summary>
    public async Task<OrderedNode> OrderAsync(Actor actor, OrderNode request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindProjectAsync(db, actor, request.ProjectId, ct);
        actor.RequireOwner(project.ClientId);
        var template = CheckTemplate(request);
        if (!Slug.IsSlug(request.Name))
        {
            throw new RuleViolationException("Slug.Form", nameof(request.Name));
        }

        var catalog = await cloud.GetCatalogAsync(await accounts.OpenTokenAsync(db, project.AccountId, ct), ct);
        NodePricing.RequireFit(catalog, template, request.ServerType);
        await using var transaction = await db.BeginAsync(ct);
        var owner = await db.LockClientAsync(project.ClientId, ct);
        await LockBudgetAsync(db, project, ct);
        if (await db.Nodes.AnyAsync(n => n.ProjectId == project.Id && n.Name == request.Name && n.State != NodeState.Removed, ct))
        {
            throw new RuleViolationException("Node.NameTaken", nameof(request.Name), ("name", request.Name));
        }

        foreach (var place in (request.Fallbacks ?? []).Select(f => f.Location).Prepend(request.Location).Distinct())
        {
            await CheckMasterAsync(db, project, catalog, request with { Location = place }, ct);
        }

        var (client, budget) = await BudgetAsync(db, project, ct);
        var price = NodePricing.Of(catalog, request.ServerType, request.Location, client, budget, request.Backups);
        var most = NodeFallbacks.Check(catalog, template, request, price.Monthly);
        CheckPrice(actor, request, price, client + most);
        await CheckQuotaAsync(db, owner, most, ct);
        var now = time.GetUtcNow().UtcDateTime;
        var node = new Node
        {
            Id = Ids.New("n", time), ProjectId = project.Id, Name = request.Name, Template = template.Name, TemplateVersion = template.Version,
            ServerType = request.ServerType, Location = request.Location, Image = request.Image, MonthlyPrice = price.Monthly, Currency = price.Currency,
            State = NodeState.Planned, StateSince = now, CreatedAt = now, DesiredRevision = 1, Fallbacks = request.Fallbacks ?? [],
            Backups = request.Backups, Protected = request.Protected,
        };
        db.Nodes.Add(node);
        var change = db.Change(
            actor, time, "node.order", new Scope(project.ClientId, project.Id, node.Id, "node"), new ObjectRef("node", node.Id, node.Name),
            null, new { node.ServerType, node.Location, node.Image, node.Template, price.Monthly, request.OverBudgetReason, node.Fallbacks, node.Backups, node.Protected });
        var kind = template.Name == NodeTemplate.ProjectMaster ? RunKind.Bootstrap : RunKind.Provision;
        var run = queue.Add(db, new RunOrder(actor, kind, RunWish.Change, project.ClientId, project.Id, [(node.Id, node.Name)]));
        await db.SaveChangesAsync(ct);
        change.RunId = run.Id;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(run);
        return new OrderedNode(node.Id, run.Id);
    }

    /// <summary>Puts the node in step again, everything; joins a converge that is queued already. Returns the run.</summary>
    public Task<long> ConvergeAsync(Actor actor, string nodeId, CancellationToken ct) => StartAsync(actor, nodeId, RunKind.Converge, "node.converge", ct);

    /// <summary>The same for every node of a project that has a server; those with a queued converge join it. Returns the runs, the newest last.</summary>
    public async Task<IReadOnlyList<long>> ConvergeAllAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindProjectAsync(db, actor, projectId, ct);
        actor.RequireOwner(project.ClientId);
        var nodes = await db.Nodes.Where(n => n.ProjectId == projectId && n.Template != NodeTemplate.ProjectMaster && n.CloudServerId != null && n.State != NodeState.Removing && n.State != NodeState.Removed)
            .Select(n => new { n.Id, n.Name }).ToListAsync(ct);
        if (nodes.Count == 0)
        {
            throw new RuleViolationException("Project.NoNodes", null, ("project", project.Name));
        }

        await using var transaction = await db.BeginAsync(ct);
        var runs = await queue.ConvergeAsync(
            db, new RunOrder(actor, RunKind.Converge, RunWish.Converge, project.ClientId, projectId, nodes.Select(n => (n.Id, n.Name)).ToList()), ct);
        db.Audit(actor, time, "project.converge", project.ClientId, new ObjectRef("project", project.Id, project.Name));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        foreach (var run in runs)
        {
            queue.Announce(run);
        }

        return runs.Select(r => r.Id).ToList();
    }

    /// <summary>Compares the node with what should be and changes nothing; returns the run.</summary>
    public Task<long> CheckAsync(Actor actor, string nodeId, CancellationToken ct) => StartAsync(actor, nodeId, RunKind.Check, "node.check", ct);

    /// <summary>Deletes the server and what is on it. <paramref name="writtenName"/> must equal the node's name.</summary>
    public async Task<long> DecommissionAsync(Actor actor, string nodeId, string writtenName, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (node, project) = await FindAsync(db, actor, nodeId, ct);
        actor.RequireOwner(project.ClientId);
        if (writtenName != node.Name)
        {
            throw new RuleViolationException("Confirm.Name", "Name", ("name", node.Name));
        }

        await using var transaction = await db.BeginAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT Id FROM nodes WHERE Id = {nodeId} FOR UPDATE", ct);
        if (await db.Sites.AnyAsync(s => s.NodeId == nodeId && !s.Removed, ct))
        {
            throw new RuleViolationException("Node.HasSites", null, ("node", node.Name));
        }

        if (node.Template == NodeTemplate.ProjectMaster && project.Mode == ProjectMode.Managed && await db.Nodes.AnyAsync(n => n.ProjectId == project.Id && n.Id != nodeId && n.State != NodeState.Removed, ct))
        {
            throw new RuleViolationException("Master.HasNodes", null, ("node", node.Name));
        }

        node.State = NodeState.Removing;
        node.StateReason = null;
        node.StateSince = time.GetUtcNow().UtcDateTime;
        var change = db.Change(actor, time, "node.remove", new Scope(project.ClientId, project.Id, node.Id, "node"), new ObjectRef("node", node.Id, node.Name), new { node.ServerType, node.MonthlyPrice }, null);
        var run = queue.Add(db, new RunOrder(actor, RunKind.Decommission, RunWish.Change, project.ClientId, project.Id, [(node.Id, node.Name)]));
        await db.SaveChangesAsync(ct);
        change.RunId = run.Id;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(run);
        return run.Id;
    }

    private async Task<long> StartAsync(Actor actor, string nodeId, RunKind kind, string action, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (node, project) = await FindAsync(db, actor, nodeId, ct);
        actor.RequireOwner(project.ClientId);
        if (node.CloudServerId is null || node.State is NodeState.Removing or NodeState.Removed)
        {
            throw new RuleViolationException("Node.NoServer", null, ("node", node.Name));
        }

        await using var transaction = await db.BeginAsync(ct);
        kind = kind == RunKind.Converge && node.Template == NodeTemplate.ProjectMaster ? RunKind.Bootstrap : kind;
        var order = new RunOrder(actor, kind, kind == RunKind.Check ? RunWish.Check : RunWish.Converge, project.ClientId, project.Id, [(node.Id, node.Name)]);
        var run = kind == RunKind.Converge ? (await queue.ConvergeAsync(db, order, ct))[^1] : queue.Add(db, order);
        db.Audit(actor, time, action, project.ClientId, new ObjectRef("node", node.Id, node.Name));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(run);
        return run.Id;
    }

    /// <summary>A managed project starts with its master, has one, and keeps its nodes in the master's network zone; a direct one has none.</summary>
    private static async Task CheckMasterAsync(PortalDbContext db, Project project, CloudCatalog catalog, OrderNode request, CancellationToken ct)
    {
        var master = await MasterAsync(db, project.Id, ct);
        if (request.Template == NodeTemplate.ProjectMaster)
        {
            if (!await db.ProjectMasters.AnyAsync(m => m.ProjectId == project.Id, ct))
            {
                throw new RuleViolationException("Master.NotManaged", nameof(request.Template));
            }

            if (master is not null)
            {
                throw new RuleViolationException("Master.Exists", nameof(request.Template), ("node", master.Name));
            }

            var places = await db.Nodes.Where(n => n.ProjectId == project.Id && n.State != NodeState.Removed).Select(n => n.Location).Distinct().ToListAsync(ct);
            if (places.FirstOrDefault(p => Zone(p) != Zone(request.Location)) is { } other)
            {
                throw new RuleViolationException("Master.OtherZone", nameof(request.Location), ("location", other));
            }

            return;
        }

        // While a master is about to take the nodes over, none comes that it would leave behind.
        if ((project.BecomesManaged && master is not null) || (project.Mode == ProjectMode.Managed && master?.State is not (NodeState.Ready or NodeState.Drift)))
        {
            throw new RuleViolationException("Master.First", nameof(request.Template));
        }

        if (master is not null && Zone(master.Location) != Zone(request.Location))
        {
            throw new RuleViolationException("Master.OtherZone", nameof(request.Location), ("location", master.Location));
        }

        string? Zone(string location) => catalog.Locations.FirstOrDefault(l => l.Name == location)?.NetworkZone;
    }

    private static Task<Node?> MasterAsync(PortalDbContext db, string projectId, CancellationToken ct) =>
        db.Nodes.FirstOrDefaultAsync(n => n.ProjectId == projectId && n.Template == NodeTemplate.ProjectMaster && n.State != NodeState.Removed, ct);

    private NodeTemplate CheckTemplate(OrderNode request)
    {
        var template = templates.All.FirstOrDefault(t => t.Name == request.Template) ?? throw new RuleViolationException("Node.TemplateUnknown", nameof(request.Template));
        return template.Images.Contains(request.Image) ? template : throw new RuleViolationException("Node.ImageUnknown", nameof(request.Image), ("image", request.Image));
    }

    private static async Task CheckQuotaAsync(PortalDbContext db, Client client, decimal monthly, CancellationToken ct)
    {
        var nodes = db.Nodes.Where(n => n.Project!.ClientId == client.Id && n.State != NodeState.Removed);
        Quotas.RequireRoom(client.MaxNodes, await nodes.CountAsync(ct), "Quota.Nodes");
        Quotas.RequireMoney(client, await nodes.SumAsync(n => n.MonthlyPrice, ct) + monthly);
    }

    /// <param name="after">What the client pays a month when the dearest of the chain is taken.</param>
    private static void CheckPrice(Actor actor, OrderNode request, NodePrice price, decimal after)
    {
        if (request.ExpectedMonthly is { } expected && expected != price.Monthly)
        {
            throw new RuleViolationException("Node.PriceMoved", nameof(request.ExpectedMonthly), ("before", expected), ("now", price.Monthly));
        }

        if (after > price.Budget && (!actor.IsAdmin || string.IsNullOrWhiteSpace(request.OverBudgetReason)))
        {
            throw new RuleViolationException("Node.OverBudget", nameof(request.OverBudgetReason), ("after", after), ("budget", price.Budget));
        }
    }

    /// <summary>Serialises a client's orders in one account, whatever the project: two cannot pass the same budget or take the same name.</summary>
    private static Task LockBudgetAsync(PortalDbContext db, Project project, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT ClientId FROM account_allotments WHERE AccountId = {project.AccountId} AND ClientId = {project.ClientId} FOR UPDATE", ct);

    private static async Task<(decimal Client, decimal? Budget)> BudgetAsync(PortalDbContext db, Project project, CancellationToken ct)
    {
        var monthly = await db.Nodes
            .Where(n => n.Project!.ClientId == project.ClientId && n.Project.AccountId == project.AccountId && n.State != NodeState.Removed).SumAsync(n => n.MonthlyPrice, ct);
        var budget = await db.AccountAllotments.Where(a => a.AccountId == project.AccountId && a.ClientId == project.ClientId).Select(a => a.MonthlyBudget).FirstOrDefaultAsync(ct);
        return (monthly, budget);
    }

    private static async Task<Project> FindProjectAsync(PortalDbContext db, Actor actor, string projectId, CancellationToken ct) =>
        actor.Visible(await db.Projects.FirstOrDefaultAsync(p => p.Id == projectId, ct), p => p.ClientId);

    private static async Task<(Node Node, Project Project)> FindAsync(PortalDbContext db, Actor actor, string nodeId, CancellationToken ct)
    {
        var node = await db.Nodes.Include(n => n.Project).FirstOrDefaultAsync(n => n.Id == nodeId, ct);
        actor.Visible(node, n => n.Project!.ClientId);
        return (node!, node!.Project!);
    }
}
