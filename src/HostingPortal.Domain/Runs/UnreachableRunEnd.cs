using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// A node that was not reached is tried again by itself after 1, 5 and 15 minutes: it may only be starting again. Nodes that were reached are left alone,
/// and a converge that is queued for a node anyway is its next try.
/// </summary>
internal sealed class UnreachableRunEnd(IDbContextFactory<PortalDbContext> contexts, RunQueue queue) : IRunEnd
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    public async Task EndingAsync(Run run, RunOutcome outcome, CancellationToken ct)
    {
        if (run.Kind != RunKind.Converge || run.ByMaster || outcome.State is not (RunState.Unreachable or RunState.PartlyFailed or RunState.Failed))
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var silent = await db.RunNodes.AsNoTracking().Where(n => n.RunId == run.Id && n.Unreachable).Select(n => new { n.NodeId, n.Name }).ToListAsync(ct);
        var tries = await TriesAsync(db, run, ct);
        if (silent.Count == 0 || tries == Pauses.Length)
        {
            return;
        }

        await using var transaction = await db.BeginAsync(ct);
        var order = new RunOrder(
            Actor.System, RunKind.Converge, RunWish.Retry, run.ClientId, run.ProjectId, silent.Select(n => (n.NodeId, n.Name)).ToList(), run.Id,
            NotBefore: await db.NowAsync(ct) + Pauses[tries]);
        var next = await queue.ConvergeAsync(db, order, ct);
        await transaction.CommitAsync(ct);
        foreach (var later in next)
        {
            queue.Announce(later);
        }
    }

    /// <summary>How many tries in a row this one is: those a person asked for begin anew.</summary>
    private static async Task<int> TriesAsync(PortalDbContext db, Run run, CancellationToken ct)
    {
        var tries = 0;
        for (var at = run; at is { NotBefore: not null, RetryOf: { } before } && tries < Pauses.Length; tries++)
        {
            at = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == before, ct);
        }

        return tries;
    }
}
