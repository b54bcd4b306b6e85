using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Projects;
using HostingPortal.Testing.Fakes;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Testing.Scenarios;

/// <summary>A managed project of a client with its master and one node, both ready.</summary>
/// <param name="MasterId">The master's node id.</param>
public sealed record Managed(Tenant Tenant, string Project, string MasterId, string Node, World World)
{
    /// <summary>The executor that the master is now.</summary>
    public ExecutorWorld Master
    {
        get
        {
            using var db = World.Database.CreateDbContext();
            return World.Masters[db.Nodes.Single(n => n.Id == MasterId).PublicIpv4!];
        }
    }

    public static async Task<Managed> CreateAsync(Instance portal, CancellationToken ct)
    {
        var tenant = await Tenant.CreateAsync(portal, "acme", ct);
        var project = (await portal.Get<ProjectService>().CreateAsync(tenant.Owner, new CreateProject(tenant.ClientId, tenant.AccountId, "managed", ProjectMode.Managed), ct)).Id;
        var master = await OrderAsync(portal, tenant, project, "master", NodeTemplate.ProjectMaster, ct);
        return new Managed(tenant, project, master, await OrderAsync(portal, tenant, project, "web-1", "web", ct), portal.World);
    }

    /// <summary>As after a first play that rotated the node's host key.</summary>
    public async Task ShowHostKeyAsync(CancellationToken ct)
    {
        await using var db = World.Database.CreateDbContext();
        await db.Nodes.Where(n => n.Id == Node).ExecuteUpdateAsync(n => n.SetProperty(x => x.FirstHostKeySecretId, (string?)null), ct);
    }

    /// <summary>One more node; returns its id.</summary>
    public Task<string> AddNodeAsync(Instance portal, string name, CancellationToken ct) => OrderAsync(portal, Tenant, Project, name, "web", ct);

    private static async Task<string> OrderAsync(Instance portal, Tenant tenant, string project, string name, string template, CancellationToken ct)
    {
        var ordered = await portal.Get<NodeService>().OrderAsync(tenant.Owner, new OrderNode(project, name, template, "cx23", "fsn1", "debian-13", null), ct);
        await portal.WorkOffAsync(ct);
        return ordered.NodeId;
    }
}
