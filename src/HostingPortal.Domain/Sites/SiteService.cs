using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

/// <summary>Creating, changing and deleting sites; each is a change that a converge carries to the node.</summary>
public sealed class SiteService(IDbContextFactory<PortalDbContext> contexts, NameService names, INodeTemplates templates, RunQueue queue, ChangeFeed feed, TimeProvider time)
{
    public const int MaxNames = 20;

    public async Task<SiteStarted> CreateAsync(Actor actor, CreateSite request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await FindNodeAsync(db, actor, request, ct);
        var clientId = node.Project!.ClientId;
        actor.RequireManage(clientId);
        var hosts = ParseNames(request.Names);
        await names.ClaimAllAsync(db, actor, clientId, hosts, ct);
        var now = time.GetUtcNow().UtcDateTime;
        await using var transaction = await db.BeginAsync(ct);
        var client = await db.LockClientAsync(clientId, ct);
        Quotas.RequireRoom(client.MaxSites, await db.Sites.CountAsync(s => s.ClientId == clientId && !s.Removed, ct), "Quota.Sites");
        await LockNodeAsync(db, node, ct);
        var certificate = new Certificate { Id = Ids.New("x", time), ProjectId = node.ProjectId, NodeId = node.Id, State = CertificateState.Ordered };
        var id = Ids.New("s", time);
        var site = new Site
        {
            Id = id, ProjectId = node.ProjectId, ClientId = clientId, NodeId = node.Id, Kind = request.Kind, PhpVersion = PhpVersion(node, request.Kind, request.PhpVersion),
            UnixUser = id.Replace("-", "", StringComparison.Ordinal), CertificateId = certificate.Id, Certificate = certificate, State = SiteState.SettingUp,
            StateSince = now, CreatedAt = now, DesiredRevision = ++node.DesiredRevision,
        };
        db.Sites.Add(site);
        await SetNamesAsync(db, actor, site, hosts, ct);
        var run = await ApplyAsync(db, actor, site, node, "site.add", null, Describe(site, hosts), hosts[0], ct);
        await transaction.CommitAsync(ct);
        Announce(site, run);
        return new SiteStarted(site.Id, run.Id);
    }

    public async Task<SiteStarted> ChangeAsync(Actor actor, string siteId, ChangeSite request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (site, node) = await FindAsync(db, actor, siteId, ct);
        actor.RequireManage(site.ClientId);
        var before = site.Names.OrderByDescending(n => n.Canonical).Select(n => n.Name!.Name).ToList();
        var described = Describe(site, before);
        var hosts = request.Names is null ? before : ParseNames(request.Names);
        await names.ClaimAllAsync(db, actor, site.ClientId, hosts, ct);
        await using var transaction = await db.BeginAsync(ct);
        await LockNodeAsync(db, node, ct);
        if (request.PhpVersion is not null)
        {
            site.PhpVersion = PhpVersion(node, site.Kind, request.PhpVersion);
        }

        if (request.Names is not null)
        {
            await SetNamesAsync(db, actor, site, hosts, ct);
        }

        Begin(site);
        site.DesiredRevision = ++node.DesiredRevision;
        var run = await ApplyAsync(db, actor, site, node, "site.change", described, Describe(site, hosts), hosts[0], ct);
        await transaction.CommitAsync(ct);
        Announce(site, run);
        return new SiteStarted(site.Id, run.Id);
    }

    /// <summary>Takes the site off its node; its data stays in the node's trash for 7 days. <paramref name="writtenName"/> must equal its main name.</summary>
    public async Task<SiteStarted> DeleteAsync(Actor actor, string siteId, string writtenName, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (site, node) = await FindAsync(db, actor, siteId, ct);
        actor.RequireOwner(site.ClientId);
        var hosts = site.Names.OrderByDescending(n => n.Canonical).Select(n => n.Name!.Name).ToList();
        if (DnsName.Parse(writtenName) != hosts[0])
        {
            throw new RuleViolationException("Confirm.Name", "Name", ("name", hosts[0]));
        }

        await using var transaction = await db.BeginAsync(ct);
        await LockNodeAsync(db, node, ct);
        site.Removed = true;
        site.Certificate!.Removed = true;
        site.State = SiteState.Removing;
        site.StateSince = time.GetUtcNow().UtcDateTime;
        db.SiteNames.RemoveRange(site.Names);
        site.DesiredRevision = ++node.DesiredRevision;
        var run = await ApplyAsync(db, actor, site, node, "site.remove", Describe(site, hosts), null, hosts[0], ct);
        await transaction.CommitAsync(ct);
        Announce(site, run);
        return new SiteStarted(site.Id, run.Id);
    }

    /// <summary>Brings the site to its node again, e.g. after a run that failed; joins a converge that is queued already.</summary>
    public async Task<SiteStarted> RetryAsync(Actor actor, string siteId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (site, node) = await FindAsync(db, actor, siteId, ct);
        actor.RequireManage(site.ClientId);
        await using var transaction = await db.BeginAsync(ct);
        await LockNodeAsync(db, node, ct);
        Begin(site);
        db.Audit(actor, time, "site.retry", site.ClientId, new ObjectRef("site", site.Id, site.Canonical?.Name?.Name ?? site.Id));
        var runs = await queue.ConvergeAsync(db, Converge(actor, RunWish.Retry, site, node), ct);
        await transaction.CommitAsync(ct);
        Announce(site, runs[^1]);
        return new SiteStarted(site.Id, runs[^1].Id);
    }

    private static RunOrder Converge(Actor actor, RunWish wish, Site site, Node node) =>
        new(actor, RunKind.Converge, wish, site.ClientId, site.ProjectId, [(node.Id, node.Name)]);

    /// <summary>A site that never got onto its node is set up again.</summary>
    private void Begin(Site site)
    {
        if (site.State == SiteState.Failed)
        {
            (site.State, site.StateReason, site.StateDetail, site.StateSince) = (SiteState.SettingUp, null, null, time.GetUtcNow().UtcDateTime);
        }
    }

    private async Task<Run> ApplyAsync(PortalDbContext db, Actor actor, Site site, Node node, string verb, object? before, object? after, string mainName, CancellationToken ct)
    {
        var change = db.Change(
            actor, time, verb, new Scope(site.ClientId, site.ProjectId, site.NodeId, "sites"), new ObjectRef("site", site.Id, mainName), before, after);
        await SaveAsync(db, mainName, ct);
        return await queue.CarryAsync(db, Converge(actor, RunWish.Change, site, node), change, ct);
    }

    private async Task SetNamesAsync(PortalDbContext db, Actor actor, Site site, List<string> hosts, CancellationToken ct)
    {
        var kept = new HashSet<string>();
        foreach (var host in hosts)
        {
            var name = await names.ClaimAsync(db, actor, site.ClientId, host, ct);
            if (name.VerifiedAt is null)
            {
                throw new RuleViolationException("Name.NotVerified", "Names", ("name", host), ("record", name.ProofRecord), ("value", name.ProofToken));
            }

            if (await db.SiteNames.AnyAsync(n => n.NameId == name.Id && n.SiteId != site.Id, ct))
            {
                throw new RuleViolationException("Name.InUse", "Names", ("name", host));
            }

            kept.Add(name.Id);
            var existing = site.Names.FirstOrDefault(n => n.NameId == name.Id);
            if (existing is null)
            {
                site.Names.Add(existing = new SiteName { ClientId = site.ClientId, SiteId = site.Id, NameId = name.Id, Name = name });
            }

            existing.Canonical = host == hosts[0];
        }

        db.SiteNames.RemoveRange(site.Names.Where(n => !kept.Contains(n.NameId)));
    }

    /// <summary>A name that another site took in the same moment is the same refusal as one taken before.</summary>
    private static async Task SaveAsync(PortalDbContext db, string mainName, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException?.Message.Contains("IX_site_names_NameId", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw new RuleViolationException("Name.InUse", "Names", ("name", mainName));
        }
    }

    private string? PhpVersion(Node node, SiteKind kind, string? wanted)
    {
        if (kind == SiteKind.Static)
        {
            return wanted is null ? null : throw new RuleViolationException("Site.StaticHasNoPhp", "PhpVersion");
        }

        var template = templates.All.FirstOrDefault(t => t.Name == node.Template);
        var offered = template?.PhpVersions.GetValueOrDefault(node.Image) ?? [];
        var version = wanted ?? (offered.Count > 0 ? offered[0] : null);
        return version is not null && offered.Contains(version) ? version : throw new RuleViolationException("Site.PhpVersion", "PhpVersion", ("offered", string.Join(", ", offered)));
    }

    private static List<string> ParseNames(IReadOnlyList<string> names)
    {
        var hosts = names.Select(n => DnsName.Parse(n) ?? throw new RuleViolationException("Name.Form", "Names", ("name", n))).Distinct().ToList();
        return hosts.Count is > 0 and <= MaxNames ? hosts : throw new RuleViolationException("Site.Names", "Names", ("max", MaxNames));
    }

    private static object Describe(Site site, List<string> hosts) => new { Names = hosts, Kind = site.Kind.ToString(), site.PhpVersion };

    private static async Task<Node> FindNodeAsync(PortalDbContext db, Actor actor, CreateSite request, CancellationToken ct)
    {
        var project = actor.Visible(await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == request.ProjectId, ct), p => p.ClientId);
        var nodes = await db.Nodes.Include(n => n.Project)
            .Where(n => n.ProjectId == project.Id && n.Template != NodeTemplate.ProjectMaster && n.State != NodeState.Removed && n.State != NodeState.Removing && (request.NodeId == null || n.Id == request.NodeId))
            .OrderBy(n => n.CreatedAt).Take(2).ToListAsync(ct);
        return nodes.Count switch
        {
            0 when request.NodeId is not null => throw new NotFoundException(),
            0 => throw new RuleViolationException("Site.NoNode", "NodeId"),
            1 => nodes[0],
            _ => throw new RuleViolationException("Site.ChooseNode", "NodeId"),
        };
    }

    private static async Task<(Site Site, Node Node)> FindAsync(PortalDbContext db, Actor actor, string siteId, CancellationToken ct)
    {
        var site = await db.Sites.Include(s => s.Node).Include(s => s.Certificate).Include(s => s.Names).ThenInclude(n => n.Name)
            .FirstOrDefaultAsync(s => s.Id == siteId && !s.Removed, ct);
        actor.Visible(site, s => s.ClientId);
        return (site!, site!.Node!);
    }

    /// <summary>Serialises changes of one node, so that revisions rise one by one, queued runs are joined reliably and a node that leaves takes no more.</summary>
    private static async Task LockNodeAsync(PortalDbContext db, Node node, CancellationToken ct)
    {
        node.DesiredRevision = (await db.Database.SqlQuery<long>($"SELECT DesiredRevision AS Value FROM nodes WHERE Id = {node.Id} FOR UPDATE").ToListAsync(ct))[0];
        if (await db.Nodes.AnyAsync(n => n.Id == node.Id && (n.State == NodeState.Removing || n.State == NodeState.Removed), ct))
        {
            throw new RuleViolationException("Site.NoNode", "NodeId");
        }
    }

    private void Announce(Site site, Run run)
    {
        feed.Publish("site", site.Id, site.ClientId, site.ProjectId);
        queue.Announce(run);
    }
}
