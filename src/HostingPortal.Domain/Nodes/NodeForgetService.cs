using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Nodes;

/// <summary>A node whose server is gone for good leaves the portal without a converge and without a run: there is nothing left to do outside.</summary>
public sealed class NodeForgetService(
    IDbContextFactory<PortalDbContext> contexts, AccountService accounts, IServerCloud cloud, ChangeFeed feed, IOptions<PortalOptions> options, TimeProvider time)
{
    /// <summary>Refused while Hetzner still has the server: it would go on costing money, and nobody would see it.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="nodeId">The node.</param>
    /// <param name="writtenName">Must equal the node's name.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="OutsideException">Hetzner does not say whether it has the server; an account whose token works no more counts as gone.</exception>
    public async Task ForgetAsync(Actor actor, string nodeId, string writtenName, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await db.Nodes.Include(n => n.Project).FirstOrDefaultAsync(n => n.Id == nodeId, ct);
        actor.Visible(node, n => n.Project!.ClientId);
        var project = node!.Project!;
        actor.RequireOwner(project.ClientId);
        if (writtenName != node.Name)
        {
            throw new RuleViolationException("Confirm.Name", "Name", ("name", node.Name));
        }

        if (await db.Sites.AnyAsync(s => s.NodeId == nodeId && !s.Removed, ct))
        {
            throw new RuleViolationException("Node.HasSites", null, ("node", node.Name));
        }

        if (node.Template == NodeTemplate.ProjectMaster && project.Mode == ProjectMode.Managed && await db.Nodes.AnyAsync(n => n.ProjectId == project.Id && n.Id != nodeId && n.State != NodeState.Removed, ct))
        {
            throw new RuleViolationException("Master.HasNodes", null, ("node", node.Name));
        }

        if (await IsThereAsync(db, project.AccountId, node, ct))
        {
            throw new RuleViolationException("Node.StillThere", null, ("node", node.Name));
        }

        await using var transaction = await db.BeginAsync(ct);
        if (await db.NodeLocks.AnyAsync(l => l.NodeId == nodeId, ct))
        {
            throw new RuleViolationException("Node.Working", null, ("node", node.Name));
        }

        db.Change(
            actor, time, "node.forget", new Scope(project.ClientId, project.Id, node.Id, "node"), new ObjectRef("node", node.Id, node.Name), new { node.ServerType, node.CloudServerId }, null);
        (node.State, node.StateReason, node.StateSince) = (NodeState.Removed, null, time.GetUtcNow().UtcDateTime);
        (node.CloudServerId, node.BrokerHash) = (null, null);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        feed.Publish("node", node.Id, project.ClientId, project.Id);
    }

    /// <summary>By its id, and by its label: the answer to an order may have been lost and the server be there all the same.</summary>
    private async Task<bool> IsThereAsync(PortalDbContext db, string accountId, Node node, CancellationToken ct)
    {
        try
        {
            var token = await accounts.OpenTokenAsync(db, accountId, ct);
            return (node.CloudServerId is { } id && await cloud.GetServerAsync(token, id, ct) is not null)
                || (await cloud.ListServersAsync(token, options.Value.Instance, ct)).Any(s => s.Labels.GetValueOrDefault("portal-id") == node.Id);
        }
        catch (OutsideException gone) when (gone.Code == "hetzner.unauthorized")
        {
            return false;
        }
    }
}
