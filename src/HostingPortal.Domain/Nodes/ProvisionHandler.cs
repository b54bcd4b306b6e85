using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// From an order to a node that is ready. Every step looks before it acts, and what Hetzner made is stored before the next step: a run that is taken over or
/// retried goes on where it stopped, and a server that is paid for is never unknown.
/// </summary>
internal sealed class ProvisionHandler(
    IDbContextFactory<PortalDbContext> contexts, NodeOrder order, IServerCloud cloud, ConvergePlay play, ConvergeOutcome outcome, ChangeFeed feed) : IRunHandler
{
    public RunKind Kind => RunKind.Provision;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var nodeId = run.Run.Nodes[0].NodeId;
        await order.RequireWantedAsync(nodeId, ct);
        try
        {
            var token = await order.OpenTokenAsync(run.Run.ProjectId, ct);
            await run.StepAsync("secrets", () => order.EnsureSecretsAsync(nodeId, ct), ct);
            var (keyId, firewallId) = await run.StepAsync("access", () => order.EnsureAccessAsync(token, run.Run, nodeId, ct), ct);
            var actions = await run.StepAsync("order", () => OrderAsync(token, run, nodeId, keyId, firewallId, ct), ct);
            await run.StepAsync("boot", () => cloud.WaitAsync(token, actions, ct), ct);
            var result = await play.RunAsync(run, Playbooks.Converge, [], ct);
            var end = await outcome.ApplyAsync(run, result, full: true, run.Stopping);
            await SettleAsync(run.Run, nodeId, end, run.Stopping);
            return end;
        }
        catch (OutsideException error) when (!run.Stopping.IsCancellationRequested)
        {
            await order.SetStateAsync(nodeId, NodeState.NeedsDecision, error.Code, CancellationToken.None);
            feed.Publish("node", nodeId, run.Run.ClientId, run.Run.ProjectId);
            throw;
        }
        catch (OperationCanceledException) when (run.Canceled.IsCancellationRequested)
        {
            await order.SetStateAsync(nodeId, NodeState.NeedsDecision, "run.canceled", CancellationToken.None);
            throw;
        }
    }

    private async Task<IReadOnlyList<long>> OrderAsync(Secret token, RunContext run, string nodeId, long keyId, long firewallId, CancellationToken ct)
    {
        var known = await order.FindServerIdAsync(nodeId, ct);
        if (known is { } id && await cloud.GetServerAsync(token, id, ct) is not null)
        {
            return [];
        }

        await order.SetStateAsync(nodeId, NodeState.Provisioning, null, ct);
        var request = await order.DescribeAsync(run.Run, nodeId, keyId, firewallId, ct);
        var server = await cloud.CreateServerAsync(token, request, ct);
        await order.SaveServerAsync(nodeId, server, ct);
        await run.LineAsync($"server {server.Id} {server.Name}, {server.PublicIpv4} {server.PublicIpv6}", ct);
        feed.Publish("node", nodeId, run.Run.ClientId, run.Run.ProjectId);
        return server.ActionIds;
    }

    private async Task SettleAsync(Run run, string nodeId, RunOutcome end, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var state = await db.Nodes.Where(n => n.Id == nodeId).Select(n => n.State).FirstAsync(ct);
        if (state == NodeState.Provisioning)
        {
            await order.SetStateAsync(nodeId, NodeState.NeedsDecision, end.Reason ?? "run.failed", ct);
            feed.Publish("node", nodeId, run.ClientId, run.ProjectId);
        }
    }
}
