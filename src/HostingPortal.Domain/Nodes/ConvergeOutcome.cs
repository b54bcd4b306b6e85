using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>A feature's part in the end of a converge: takes over what its role reported.</summary>
public interface IConvergeReport
{
    /// <summary>Whether a check tells it too: what is, not only what was done.</summary>
    bool Checks => false;

    /// <summary>Writes states of the node's things; returns the things that failed, in words for the log.</summary>
    Task<IReadOnlyList<string>> ApplyAsync(RunContext run, DesiredNode node, ConvergeResult result, CancellationToken ct);
}

/// <summary>Turns the end of a play into states of nodes and what is on them, and into the outcome of the run.</summary>
internal sealed class ConvergeOutcome(
    IDbContextFactory<PortalDbContext> contexts, IEnumerable<IConvergeReport> reports, INodeTemplates templates, ChangeFeed feed, TimeProvider time)
{
    public string ContentVersion => templates.ContentVersion;

    public async Task<RunOutcome> ApplyAsync(RunContext run, ConvergeResult result, bool full, CancellationToken ct)
    {
        var failed = new List<string>();
        await run.StepAsync("record", async () =>
        {
            foreach (var node in result.Nodes)
            {
                await RecordNodeAsync(run, node, result, full, ct);
                foreach (var report in reports)
                {
                    failed.AddRange(await report.ApplyAsync(run, node, result, ct));
                }
            }
        }, ct);
        foreach (var line in failed)
        {
            await run.LineAsync(line, ct);
        }

        return Outcome(result, failed);
    }

    /// <summary>A check changes no revision; what it would change is drift. Nor does a converge of a master's timer, which played what was committed already.</summary>
    public async Task<RunOutcome> CheckedAsync(RunContext run, ConvergeResult result, CancellationToken ct)
    {
        foreach (var node in result.Nodes)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var row = await db.Nodes.FirstAsync(n => n.Id == node.Node.Id, ct);
            if (Works(node, result) && row.State is NodeState.Ready or NodeState.Drift)
            {
                var drifts = run.Run.Check && result.Data.Changed.Contains(node.Node.Id);
                if (drifts && row.State != NodeState.Drift)
                {
                    await db.NotifyAsync(time, NodeNotices.Of(NotificationKind.NodeNeedsCare, row, run.Run.ClientId, "node.drift") with { RunId = run.Run.Id }, ct);
                }

                SetState(row, drifts ? NodeState.Drift : NodeState.Ready, null);
                await db.SaveChangesAsync(ct);
                feed.Publish("node", row.Id, run.Run.ClientId, row.ProjectId);
            }

            foreach (var report in reports.Where(r => r.Checks))
            {
                foreach (var line in await report.ApplyAsync(run, node, result, ct))
                {
                    await run.LineAsync(line, ct);
                }
            }
        }

        return run.Run.ByMaster ? Outcome(result, []) with { EndedAt = result.End.EndedAt } : Outcome(result, []);
    }

    private async Task RecordNodeAsync(RunContext run, DesiredNode node, ConvergeResult result, bool full, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.Nodes.FirstAsync(n => n.Id == node.Node.Id, ct);
        if (Works(node, result))
        {
            row.AppliedRevision = Math.Max(row.AppliedRevision, node.Revision);
            row.ConvergedContent = full ? result.ContentVersion : row.ConvergedContent;
            if (row.State is not (NodeState.Removing or NodeState.Removed))
            {
                if (row.ReadyAt is null)
                {
                    row.ReadyAt = time.GetUtcNow().UtcDateTime;
                    await db.NotifyAsync(time, NodeNotices.Of(NotificationKind.NodeReady, row, run.Run.ClientId, null) with { RunId = run.Run.Id }, ct);
                }

                SetState(row, NodeState.Ready, null);
            }
        }
        else if (row.State is not (NodeState.Removing or NodeState.Removed or NodeState.Provisioning))
        {
            SetState(row, result.Data.Unreachable.Contains(row.Id) ? NodeState.Unreachable : NodeState.LastRunFailed, result.End.Reason == "canceled" ? "run.canceled" : "run.failed");
        }

        await db.SaveChangesAsync(ct);
        feed.Publish("node", row.Id, run.Run.ClientId, row.ProjectId);
    }

    private void SetState(Node node, NodeState state, string? reason)
    {
        if (node.State != state)
        {
            node.State = state;
            node.StateSince = time.GetUtcNow().UtcDateTime;
        }

        node.StateReason = reason;
    }

    internal static bool Works(DesiredNode node, ConvergeResult result) =>
        result.End is { Reason: "finished" } && !result.Data.Failures.ContainsKey(node.Node.Id) && !result.Data.Unreachable.Contains(node.Node.Id)
        && (result.End.ExitCode == 0 || result.Nodes.Count > 1);

    internal static RunOutcome Outcome(ConvergeResult result, List<string> failed)
    {
        var bad = result.Nodes.Count(n => !Works(n, result));
        var first = result.Data.Failures.Values.FirstOrDefault();
        return result.End.Reason switch
        {
            "canceled" => new RunOutcome(RunState.Canceled, "run.canceled"),
            "signal" => new RunOutcome(RunState.Failed, "run.signal"),
            "idle" => new RunOutcome(RunState.Failed, "run.idle"),
            "timeout" => new RunOutcome(RunState.Failed, "run.timeout"),
            "lost" => new RunOutcome(RunState.Lost, "run.unit-gone"),
            _ when result.Nodes.Count > 0 && result.Data.Unreachable.Count == result.Nodes.Count => new RunOutcome(RunState.Unreachable, "node.unreachable"),
            _ when bad == result.Nodes.Count && bad > 0 => new RunOutcome(RunState.Failed, "run.task-failed", first.Task is null ? null : $"{first.Task}: {first.Message}"),
            _ when bad > 0 => new RunOutcome(RunState.PartlyFailed, "run.some-nodes-failed"),
            _ when failed.Count > 0 => new RunOutcome(RunState.PartlyFailed, "run.some-things-failed", string.Join("; ", failed)),
            _ => RunOutcome.Success,
        };
    }
}
