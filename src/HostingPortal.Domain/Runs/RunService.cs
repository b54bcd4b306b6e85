using System.Globalization;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Listing, canceling and repeating runs.</summary>
public sealed class RunService(IDbContextFactory<PortalDbContext> contexts, RunQueue queue, ChangeFeed feed, TimeProvider time)
{
    private const int MostUrgent = 500;

    /// <summary>Sorted by <c>id</c>, or without a sort what needs care first: working, failed since yesterday, the rest; each newest first. What is searched for comes newest first.</summary>
    /// <param name="filter">Which runs; null members mean all.</param>
    public async Task<Page<RunRow>> ListAsync(Actor actor, RunFilter filter, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = db.Runs.AsNoTracking().VisibleTo(actor);
        if (filter.ProjectId is not null)
        {
            runs = runs.Where(r => r.ProjectId == filter.ProjectId);
        }

        if (filter.ClientId is not null)
        {
            runs = runs.Where(r => r.ClientId == filter.ClientId);
        }

        if (filter.NodeId is not null)
        {
            runs = runs.Where(r => r.Nodes.Any(n => n.NodeId == filter.NodeId));
        }

        if (filter.States is { Count: > 0 } states)
        {
            runs = runs.Where(r => states.Contains(r.State));
        }

        foreach (var word in query.Words)
        {
            runs = await MatchingAsync(db, runs, word, ct);
        }

        if (query.Sort is null && query.Words.Count == 0)
        {
            return await UrgentFirstAsync(db, runs, query, actor.IsStaff, ct);
        }

        var sorted = query.Sort is null || query.Descending ? runs.OrderByDescending(r => r.Id) : runs.OrderBy(r => r.Id);
        return await sorted.Select(r => r.Id)
            .ToHistoryPageAsync(runs, shown => Rows(db, db.Runs.AsNoTracking().Where(r => shown.Contains(r.Id)), actor.IsStaff), r => r.Id, query, ct);
    }

    /// <summary>Of a run of that number, of people, projects, clients and nodes of that name. Their names are few and are looked through first; runs are then found by index.</summary>
    private static async Task<IQueryable<Run>> MatchingAsync(PortalDbContext db, IQueryable<Run> runs, string word, CancellationToken ct)
    {
        var number = long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        var people = await db.Runs.Select(r => r.RequestedBy).Distinct().Where(name => name.Contains(word)).ToListAsync(ct);
        var projects = await db.Projects.Where(p => p.Name.Contains(word) || p.Client!.Name.Contains(word)).Select(p => p.Id).ToListAsync(ct);
        var nodes = await db.Nodes.Where(n => n.Name.Contains(word)).Select(n => n.Id).ToListAsync(ct);
        return runs.Where(r => r.Id == number || people.Contains(r.RequestedBy) || projects.Contains(r.ProjectId) || r.Nodes.Any(n => nodes.Contains(n.NodeId)));
    }

    /// <summary>The few that need care are found by their own index and the rest comes in the order of the table: sorting all runs by need would read them all.</summary>
    private async Task<Page<RunRow>> UrgentFirstAsync(PortalDbContext db, IQueryable<Run> runs, PageQuery query, bool staff, CancellationToken ct)
    {
        var yesterday = time.GetUtcNow().UtcDateTime.AddDays(-1);
        var working = await runs.Where(r => r.EndedAt == null).OrderByDescending(r => r.Id).Select(r => r.Id).Take(MostUrgent).ToListAsync(ct);
        var failed = await runs
            .Where(r => r.EndedAt > yesterday && (r.State == RunState.Failed || r.State == RunState.PartlyFailed || r.State == RunState.Unreachable || r.State == RunState.Lost))
            .OrderByDescending(r => r.Id).Select(r => r.Id).Take(MostUrgent).ToListAsync(ct);
        List<long> urgent = [.. working, .. failed];
        var shown = urgent.Skip(query.Skip).Take(query.Take).ToList();
        if (shown.Count < query.Take)
        {
            shown.AddRange(await runs.Where(r => !urgent.Contains(r.Id)).OrderByDescending(r => r.Id).Select(r => r.Id)
                .Skip(Math.Max(0, query.Skip - urgent.Count)).Take(query.Take - shown.Count).ToListAsync(ct));
        }

        var rows = await Rows(db, db.Runs.AsNoTracking().Where(r => shown.Contains(r.Id)), staff).ToListAsync(ct);
        return new Page<RunRow>([.. rows.OrderBy(r => shown.IndexOf(r.Id))], await runs.CountAsync(ct));
    }

    public async Task<RunDetail> GetAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await Rows(db, db.Runs.AsNoTracking().VisibleTo(actor).Where(r => r.Id == runId), actor.IsStaff).FirstOrDefaultAsync(ct) ?? throw new NotFoundException();
        var steps = await db.RunSteps.AsNoTracking().Where(s => s.RunId == runId).OrderBy(s => s.Number)
            .Select(s => new RunStepRow(s.Number, s.Name, s.State, s.StartedAt, s.EndedAt, s.Reason, s.Detail)).ToListAsync(ct);
        var changes = await db.Changes.AsNoTracking().Where(c => c.RunId == runId).OrderBy(c => c.At)
            .Select(c => new RunChangeRow(c.Id, c.Verb, c.ObjectKind, c.ObjectId, c.ObjectName, c.ActorName, c.At)).ToListAsync(ct);
        var diff = actor.IsStaff ? await db.RunDiffs.AsNoTracking().Where(d => d.RunId == runId).Select(d => new { d.Added, d.Removed }).FirstOrDefaultAsync(ct) : null;
        var requests = await db.RunRequests.AsNoTracking().Where(r => r.RunId == runId).OrderBy(r => r.Number).Select(r => new RunRequestRow(r.Wish, r.By, r.At)).ToListAsync(ct);
        return new RunDetail(run, steps, changes, diff?.Added ?? 0, diff?.Removed ?? 0)
        {
            Requests = requests, WaitSeconds = run.WaitsFor is { } other ? await RunTimes.LeftAsync(db, other, time.GetUtcNow().UtcDateTime, ct) : null,
        };
    }

    /// <summary>Asks a run to stop. A queued one ends at once; a running one after nothing of it runs any more.</summary>
    public async Task CancelAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var run = await LockAsync(db, actor, runId, ct);
        actor.RequireOperate(run.ClientId);
        if (run.EndedAt is not null)
        {
            throw new RuleViolationException("Run.Ended", null, ("run", runId));
        }

        run.CancelAsked = true;
        run.CancelAskedBy = actor.Name;
        if (run.State == RunState.Queued)
        {
            run.State = RunState.Canceled;
            run.Reason = "run.canceled";
            run.EndedAt = time.GetUtcNow().UtcDateTime;
        }
        else
        {
            run.State = RunState.Canceling;
        }

        db.Audit(actor, time, "run.cancel", run.ClientId, new ObjectRef("run", run.Key, run.Id.ToString(CultureInfo.InvariantCulture)), null, run.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        feed.Publish("run", run.Id.ToString(CultureInfo.InvariantCulture), run.ClientId, run.ProjectId);
    }

    /// <summary>The same kind of run for the same nodes, against what should be now; a converge joins one that is queued already. Returns the run to watch.</summary>
    public async Task<long> RetryAsync(Actor actor, long runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var run = await LockAsync(db, actor, runId, ct);
        actor.RequireOperate(run.ClientId);
        if (run.EndedAt is null)
        {
            throw new RuleViolationException("Run.NotEnded", null, ("run", runId));
        }

        var nodes = await db.RunNodes.Where(n => n.RunId == runId).ToListAsync(ct);
        var order = new RunOrder(actor, run.Kind, RunWish.Retry, run.ClientId, run.ProjectId, nodes.Select(n => (n.NodeId, n.Name)).ToList(), runId, run.Job);
        var retry = run.Kind == RunKind.Converge ? (await queue.ConvergeAsync(db, order, ct))[^1] : queue.Add(db, order);
        await db.SaveChangesAsync(ct);
        db.Audit(actor, time, "run.retry", run.ClientId, new ObjectRef("run", retry.Key, retry.Id.ToString(CultureInfo.InvariantCulture)), null, retry.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        queue.Announce(retry);
        return retry.Id;
    }

    private static async Task<Run> LockAsync(PortalDbContext db, Actor actor, long runId, CancellationToken ct)
    {
        var run = (await db.Runs.FromSql($"SELECT * FROM runs WHERE Id = {runId} FOR UPDATE").ToListAsync(ct)).FirstOrDefault();
        return actor.Visible(run, r => r.ClientId);
    }

    private static IQueryable<RunRow> Rows(PortalDbContext db, IQueryable<Run> runs, bool staff) =>
        from r in runs
        join p in db.Projects on r.ProjectId equals p.Id
        select new RunRow(
            r.Id, r.Kind, r.State, r.Reason, r.ReasonDetail, r.ClientId, p.Client!.Name, r.ProjectId, p.Name, r.RequestedBy, r.QueuedAt, r.StartedAt, r.EndedAt,
            r.TaskCount, r.TaskTotal, r.ChangedCount, r.FailedCount, r.LineCount, r.Check, r.Tags, r.Playbook,
            staff ? r.InventoryCommit : null, r.ContentVersion, r.RetryOf, r.CancelAsked,
            r.State == RunState.Queued
                ? db.NodeLocks.Where(l => db.RunNodes.Any(n => n.RunId == r.Id && n.NodeId == l.NodeId)).Select(l => (long?)l.RunId).FirstOrDefault()
                : null,
            r.Nodes.OrderBy(n => n.Name).Select(n => new RunNodeRow(n.NodeId, n.Name, n.Ok, n.Changed, n.Skipped, n.Failed, n.Unreachable)).ToList())
        {
            ByMaster = r.ByMaster, Job = r.Job, NotBefore = r.NotBefore,
        };
}

public sealed record RunFilter(string? ProjectId = null, string? ClientId = null, string? NodeId = null, IReadOnlyList<RunState>? States = null);

internal static class RunQueries
{
    /// <summary>Not ended, and not waiting for a later try.</summary>
    public static IQueryable<Run> AtWork(this IQueryable<Run> runs, DateTime now) => runs.Where(r => r.EndedAt == null && !(r.State == RunState.Queued && r.NotBefore > now));

    public static IQueryable<Run> VisibleTo(this IQueryable<Run> runs, Actor actor)
    {
        var ids = actor.ClientIds.ToList();
        return actor.IsStaff ? runs : runs.Where(r => ids.Contains(r.ClientId));
    }
}
