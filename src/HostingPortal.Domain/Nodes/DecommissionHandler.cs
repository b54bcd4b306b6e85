using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Deletes a node's server, and the project's keys, firewalls and network at Hetzner with the last one.</summary>
internal sealed class DecommissionHandler(
    IDbContextFactory<PortalDbContext> contexts, NodeOrder order, NodeAccess access, IServerCloud cloud, ChangeFeed feed, TimeProvider time) : IRunHandler
{
    public RunKind Kind => RunKind.Decommission;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var nodeId = run.Run.Nodes[0].NodeId;
        var token = await order.OpenTokenAsync(run.Run.ProjectId, ct);
        var serverId = await order.FindServerIdAsync(nodeId, ct) ?? await order.FindUnknownServerAsync(token, nodeId, ct);
        if (serverId is { } id)
        {
            var guarded = (await order.FindExtrasAsync(nodeId, ct)).Protected;
            await run.StepAsync("delete", () => run.PatientlyAsync(() => DeleteAsync(token, id, guarded, ct), ct), ct);
        }

        await run.StepAsync("forget", () => ForgetAsync(nodeId, ct), ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Nodes.AnyAsync(n => n.ProjectId == run.Run.ProjectId && n.State != NodeState.Removed, ct))
        {
            await run.StepAsync("tidy", () => run.PatientlyAsync(() => access.TidyAsync(token, run.Run.ProjectId, ct), ct), ct);
        }

        else if (await db.Nodes.AnyAsync(n => n.Id == nodeId && n.Template == NodeTemplate.ProjectMaster && n.Project!.Mode == ProjectMode.Direct, ct))
        {
            await run.StepAsync("tidy", () => run.PatientlyAsync(() => access.TidyMasterAsync(token, run.Run.ProjectId, ct), ct), ct);
        }

        feed.Publish("node", nodeId, run.Run.ClientId, run.Run.ProjectId);
        return RunOutcome.Success;
    }

    /// <summary>The portal lifts its own protection, never one that somebody set at Hetzner.</summary>
    private async Task DeleteAsync(Secret token, long serverId, bool guarded, CancellationToken ct)
    {
        if (guarded)
        {
            await cloud.SetProtectionAsync(token, serverId, on: false, ct);
        }

        await cloud.DeleteServerAsync(token, serverId, ct);
    }

    private async Task ForgetAsync(string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await db.Nodes.FirstAsync(n => n.Id == nodeId, ct);
        node.State = NodeState.Removed;
        node.StateSince = time.GetUtcNow().UtcDateTime;
        node.CloudServerId = null;
        node.BrokerHash = null;
        await db.SaveChangesAsync(ct);
    }
}
