using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>Brings nodes to what should be. A change of one feature plays that feature's own playbook, once a full converge of this content has succeeded.</summary>
internal sealed class ConvergeHandler(IDbContextFactory<PortalDbContext> contexts, ConvergePlay play, ConvergeOutcome outcome) : IRunHandler
{
    public RunKind Kind => RunKind.Converge;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var playbook = run.Run.InventoryCommit is null ? await PlaybookAsync(run.Run, ct) : run.Run.Playbook!;
        var result = await play.RunAsync(run, playbook, [], ct);
        return run.Run.ByMaster
            ? await outcome.CheckedAsync(run, result, run.Stopping)
            : await outcome.ApplyAsync(run, result, full: playbook == Playbooks.Converge, run.Stopping);
    }

    private async Task<string> PlaybookAsync(Run run, CancellationToken ct)
    {
        if (run.Full)
        {
            return Playbooks.Converge;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var features = await db.Changes.Where(c => c.RunId == run.Id).Select(c => c.Feature).Distinct().ToListAsync(ct);
        var ids = run.Nodes.Select(n => n.NodeId).ToList();
        var nodes = await db.Nodes.AsNoTracking().Where(n => ids.Contains(n.Id)).ToListAsync(ct);
        var current = outcome.ContentVersion;
        return features is ["sites"] && nodes.All(n => n.State == NodeState.Ready && n.ConvergedContent == current) ? Playbooks.ApplySites : Playbooks.Converge;
    }
}

/// <summary>Compares nodes with what should be and changes nothing.</summary>
internal sealed class CheckHandler(ConvergePlay play, ConvergeOutcome outcome) : IRunHandler
{
    public RunKind Kind => RunKind.Check;

    public async Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct)
    {
        var result = await play.RunAsync(run, run.Run.Playbook ?? Playbooks.Converge, [], ct);
        return await outcome.CheckedAsync(run, result, run.Stopping);
    }
}
