using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Who manages a project and who can reach what in it, as its firewalls are rendered; whatever is not named here is closed.</summary>
public sealed class ReachQueries(IDbContextFactory<PortalDbContext> contexts, INodeTemplates templates)
{
    public async Task<ProjectReach> GetAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = actor.Visible(await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, ct), p => p.ClientId);
        var nodes = await db.Nodes.AsNoTracking().Where(n => n.ProjectId == projectId && n.State != NodeState.Removed).OrderBy(n => n.Name).ToListAsync(ct);
        var master = nodes.FirstOrDefault(n => n.Template == NodeTemplate.ProjectMaster);
        var content = await db.ProjectMasters.Where(m => m.ProjectId == projectId).Select(m => m.ContentVersion).FirstOrDefaultAsync(ct);
        var row = master is null
            ? null
            : new MasterRow(master.Id, master.Name, master.State, master.StateReason, actor.IsStaff ? content : null, content == templates.ContentVersion, master.MonthlyPrice, master.PrivateIpv4);
        var check = await LastCheckAsync(db, projectId, master?.Id, ct);
        return new ProjectReach(project.Mode, row, nodes.SelectMany(n => WaysTo(n, project.Mode)).ToList()) { Checked = check, Prepared = await db.ProjectMasters.AnyAsync(m => m.ProjectId == projectId, ct) };
    }

    /// <summary>Nodes and master are compared by a run each; the one that found something comes first.</summary>
    private static async Task<ReachCheck?> LastCheckAsync(PortalDbContext db, string projectId, string? masterId, CancellationToken ct)
    {
        var checks = db.Runs.AsNoTracking().Where(r => r.ProjectId == projectId && r.Job == RunJobs.CheckReach && r.EndedAt != null).OrderByDescending(r => r.Id);
        var nodes = await checks.Where(r => !r.Nodes.Any(n => n.NodeId == masterId)).Select(r => new ReachCheck(r.Id, r.State, r.EndedAt!.Value)).FirstOrDefaultAsync(ct);
        var master = masterId is null ? null : await checks.Where(r => r.Nodes.Any(n => n.NodeId == masterId)).Select(r => new ReachCheck(r.Id, r.State, r.EndedAt!.Value)).FirstOrDefaultAsync(ct);
        return nodes is null || (nodes.State == RunState.Succeeded && master is { State: not RunState.Succeeded }) ? master : nodes;
    }

    private IEnumerable<ReachWay> WaysTo(Node node, ProjectMode mode)
    {
        var ports = templates.All.First(t => t.Name == node.Template).Ports;
        if (ports.Count > 0)
        {
            yield return new ReachWay(ReachFrom.Everybody, node.Id, node.Name, string.Join(", ", ports.Select(p => p.Port)), Private: false);
        }

        var fromMaster = mode == ProjectMode.Managed && node.Template != NodeTemplate.ProjectMaster;
        yield return new ReachWay(fromMaster ? ReachFrom.Master : ReachFrom.Primary, node.Id, node.Name, "22", fromMaster);
    }
}

/// <param name="Master">Null in direct projects, and in managed ones until it is ordered.</param>
/// <param name="Ways">Everything that is open.</param>
public sealed record ProjectReach(ProjectMode Mode, MasterRow? Master, IReadOnlyList<ReachWay> Ways)
{
    /// <summary>When it was last compared with the machines.</summary>
    public ReachCheck? Checked { get; init; }

    /// <summary>A Project Master can be ordered, or is there.</summary>
    public bool Prepared { get; init; }
}

/// <param name="State">Succeeded: the machines say the same.</param>
public sealed record ReachCheck(long RunId, RunState State, DateTime At);

/// <param name="Content">Content version it has; null for clients.</param>
/// <param name="Current">Whether that is the one this portal ships.</param>
public sealed record MasterRow(string NodeId, string Name, NodeState State, string? StateReason, string? Content, bool Current, decimal Monthly, string? PrivateIpv4);

/// <param name="Ports">E.g. <c>80, 443</c>.</param>
/// <param name="Private">Over the project's private network alone.</param>
public sealed record ReachWay(ReachFrom From, string NodeId, string NodeName, string Ports, bool Private);

public enum ReachFrom
{
    Everybody,

    /// <summary>The Primary: its executor, and the portal itself for masters.</summary>
    Primary,

    /// <summary>The Project Master.</summary>
    Master,
}
