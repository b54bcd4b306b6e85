using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// From an order to a server that had its first play; the middle of the handlers that buy. Every step looks before it acts, and what Hetzner made is stored
/// before the next step: a run that is taken over or retried goes on where it stopped, and a server that is paid for is never unknown.
/// </summary>
internal sealed class OrderSteps(NodeOrder order, NodeAccess access, IServerCloud cloud, ConvergePlay play, ConvergeOutcome outcome, ChangeFeed feed)
{
    /// <param name="run">The run; its first node is the one ordered.</param>
    /// <param name="playbook">The first play.</param>
    /// <param name="finish">What follows a play that succeeded.</param>
    /// <param name="ct">The run is canceled or goes on elsewhere.</param>
    public async Task<RunOutcome> RunAsync(RunContext run, string playbook, Func<Task> finish, CancellationToken ct)
    {
        var nodeId = run.Run.Nodes[0].NodeId;
        await order.RequireWantedAsync(nodeId, ct);
        try
        {
            var token = await order.OpenTokenAsync(run.Run.ProjectId, ct);
            await run.StepAsync("secrets", () => order.EnsureSecretsAsync(nodeId, ct), ct);
            var granted = await run.StepAsync("access", () => run.PatientlyAsync(() => access.EnsureAsync(token, run.Run, nodeId, ct), ct), ct);
            var actions = await run.StepAsync("order", () => run.PatientlyAsync(() => OrderAsync(token, run, nodeId, granted, ct), ct), ct);
            await run.StepAsync("boot", () => BootAsync(token, run, nodeId, actions, ct), ct);
            var (backups, guarded) = await order.FindExtrasAsync(nodeId, ct);
            if (backups || guarded)
            {
                await run.StepAsync("extras", () => run.PatientlyAsync(() => AddExtrasAsync(token, nodeId, backups, guarded, ct), ct), ct);
            }

            var result = await play.RunAsync(run, playbook, [], ct);
            var end = await outcome.ApplyAsync(run, result, full: true, run.Stopping);
            await order.SettleAsync(run.Run, nodeId, end, run.Stopping);
            if (end.State == RunState.Succeeded)
            {
                await finish();
            }

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

    private async Task<IReadOnlyList<long>> OrderAsync(Secret token, RunContext run, string nodeId, CloudAccess granted, CancellationToken ct)
    {
        var known = await order.FindServerIdAsync(nodeId, ct);
        if (known is { } id && await cloud.GetServerAsync(token, id, ct) is not null)
        {
            return [];
        }

        await order.SetStateAsync(nodeId, NodeState.Provisioning, null, ct);
        var server = await order.CreateAsync(token, run, nodeId, granted, ct);
        await order.SaveServerAsync(nodeId, server, ct);
        await run.LineAsync($"server {server.Id} {server.Name}, {server.PublicIpv4} {server.PublicIpv6}", ct);
        feed.Publish("node", nodeId, run.Run.ClientId, run.Run.ProjectId);
        return server.ActionIds;
    }

    /// <summary>
    /// Until the server runs: by its actions, or, where another owner or an earlier try ordered it and they are not known here, by its state. A private address is
    /// known once it has joined its network.
    /// </summary>
    private async Task BootAsync(Secret token, RunContext run, string nodeId, IReadOnlyList<long> actions, CancellationToken ct)
    {
        await cloud.WaitAsync(token, actions, ct);
        var id = await order.FindServerIdAsync(nodeId, ct);
        var server = id is null ? null : await run.PatientlyAsync(() => StartedAsync(token, id.Value, ct), ct);
        if (server is { PrivateIpv4: not null })
        {
            await order.SaveServerAsync(nodeId, server, ct);
        }
    }

    private async Task AddExtrasAsync(Secret token, string nodeId, bool backups, bool guarded, CancellationToken ct)
    {
        var id = await order.FindServerIdAsync(nodeId, ct) ?? throw new OutsideException("node.removed", "the node has no server any more");
        if (backups)
        {
            await cloud.EnableBackupsAsync(token, id, ct);
        }

        if (guarded)
        {
            await cloud.SetProtectionAsync(token, id, on: true, ct);
        }
    }

    private async Task<CloudServer?> StartedAsync(Secret token, long id, CancellationToken ct) =>
        await cloud.GetServerAsync(token, id, ct) is var server && server is { Status: "initializing" or "starting" }
            ? throw new OutsideException("hetzner.server_starting", server.Status, transient: true)
            : server;
}
