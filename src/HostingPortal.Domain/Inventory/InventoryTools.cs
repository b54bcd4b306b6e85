using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Inventory;

/// <summary>What a converge reads besides the desired state.</summary>
public sealed class InventoryTools(IDbContextFactory<PortalDbContext> contexts, PlayRunner plays, MasterWatches watches, IEnumerable<IPlayWatcher> watchers)
{
    public PlayRunner Plays { get; } = plays;

    public MasterWatches Watches { get; } = watches;

    public IReadOnlyList<IPlayWatcher> Watchers { get; } = watchers.ToList();

    /// <summary>The commit the run's nodes were last brought to, or null: checks and failed runs do not count.</summary>
    public async Task<string?> AppliedCommitAsync(Run run, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var nodes = run.Nodes.Select(n => n.NodeId).ToList();
        return await db.Runs.AsNoTracking()
            .Where(r => r.ProjectId == run.ProjectId && !r.Check && r.InventoryCommit != null && (r.State == RunState.Succeeded || r.State == RunState.PartlyFailed)
                && r.Nodes.Any(n => nodes.Contains(n.NodeId)))
            .OrderByDescending(r => r.Id).Select(r => r.InventoryCommit).FirstOrDefaultAsync(ct);
    }

    /// <summary>Commit message: the run, who asked, and each change it carries.</summary>
    public async Task<string> MessageAsync(long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == runId, ct);
        var changes = await db.Changes.AsNoTracking().Where(c => c.RunId == runId).OrderBy(c => c.At).ToListAsync(ct);
        var lines = changes.Select(c => $"{c.Verb} {c.ObjectName} ({c.ObjectId}) by {c.ActorName}");
        return $"Run {runId}: {run.Kind}\n\n{string.Join('\n', lines)}\n";
    }
}

/// <summary>Sees each event of a play once it is stored, for what must not wait for the play's end. May see one again after a take-over.</summary>
public interface IPlayWatcher
{
    Task SeeAsync(RunContext run, RunEvent e, CancellationToken ct);
}
