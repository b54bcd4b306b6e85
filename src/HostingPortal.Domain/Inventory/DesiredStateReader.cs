using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Inventory;

/// <summary>Reads what a project should be, in a constant number of queries.</summary>
public sealed class DesiredStateReader(
    IDbContextFactory<PortalDbContext> contexts, INodeTemplates templates, ISecretStore secrets, IOptions<PortalOptions> portal, IOptions<AcmeOptions> acme)
{
    /// <param name="projectId">The project.</param>
    /// <param name="ofMaster">True reads its Project Master, false all other nodes: they lie in inventories of their own.</param>
    /// <param name="sshSources">Where SSH to them may come from, CIDR.</param>
    /// <param name="ct">Stops.</param>
    public async Task<DesiredProject> ReadAsync(string projectId, bool ofMaster, IReadOnlyList<string> sshSources, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var snapshot = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        var serving = await db.Clients.Where(c => c.Id == project.ClientId).Select(c => c.SitesServe).FirstAsync(ct);
        var nodes = await db.Nodes.AsNoTracking()
            .Where(n => n.ProjectId == projectId && ofMaster == (n.Template == NodeTemplate.ProjectMaster) && n.CloudServerId != null && n.State != NodeState.Removed).OrderBy(n => n.Id).ToListAsync(ct);
        var sites = await db.Sites.AsNoTracking().Where(s => s.ProjectId == projectId).Include(s => s.Names).ThenInclude(n => n.Name).AsSplitQuery().ToListAsync(ct);
        var certificates = await db.Certificates.AsNoTracking().Where(c => c.ProjectId == projectId).ToListAsync(ct);
        var master = ofMaster ? await db.ProjectMasters.AsNoTracking().FirstAsync(m => m.ProjectId == projectId, ct) : null;
        string?[] keys = master is null ? [project.SshPublicKey, project.NextSshPublicKey, project.RecoveryPublicKey] : [master.PublicKey, master.NextPublicKey];
        var kept = keys[1] is null ? keys : keys[1..];
        var secretIds = nodes.SelectMany(n => new[] { n.DatabaseSecretId, n.BrokerSecretId }).OfType<string>().ToList();
        var stored = await db.Secrets.AsNoTracking().Where(s => secretIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var brokerUrl = portal.Value.BrokerUrl is { Length: > 0 } url ? url : portal.Value.BaseUrl;
        return new DesiredProject(project, nodes.Select(n => new DesiredNode(
            n, n.DesiredRevision, templates.All.First(t => t.Name == n.Template),
            new AcmeSettings(acme.Value.Directory, acme.Value.Email, acme.Value.CaPem, $"{brokerUrl.TrimEnd('/')}/acme-dns", n.Id), sshSources,
            sites.Where(s => s.NodeId == n.Id).ToList(), certificates.Where(c => c.NodeId == n.Id).ToList(),
            secrets.Open(stored[n.DatabaseSecretId!]), secrets.Open(stored[n.BrokerSecretId!]), serving, master?.PublicKey)
        {
            LoginKeys = keys.OfType<string>().ToList(), KeptLoginKeys = kept.OfType<string>().ToList(),
        }).ToList());
    }
}
