using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Domain.Schedules;

/// <summary>
/// Starts what is due. Each instance looks; the row's lock lets one of them queue the run and set the next time, in one transaction. What was missed while no portal
/// ran is made up for once.
/// </summary>
internal sealed class ScheduleClock(IDbContextFactory<PortalDbContext> contexts, RunQueue queue, TimeProvider time, ILogger<ScheduleClock> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Starts everything that is due now; returns how many schedules that were.</summary>
    public async Task<int> TickAsync(CancellationToken ct)
    {
        var started = 0;
        while (await StartOneAsync(ct))
        {
            started++;
        }

        return started;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TickAsync(stoppingToken);
                await Task.Delay(Look, time, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "Schedules could not be looked at; trying again.");
                await Task.Delay(Look, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> StartOneAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var due = await db.Schedules.FromSql(
            $"SELECT * FROM schedules WHERE Enabled AND NextAt <= UTC_TIMESTAMP(3) ORDER BY NextAt LIMIT 1 FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        if (due is not [var schedule])
        {
            return false;
        }

        var now = await db.NowAsync(ct);
        schedule.LastAt = now;
        schedule.NextAt = CronTime.Next(schedule.Cron, schedule.Zone, now);
        var runs = await QueueAsync(db, schedule, ct);
        if (runs.Count > 0)
        {
            schedule.LastRunId = runs[^1].Id;
            db.Audit(Actor.System, time, "schedule.run", schedule.ClientId, new ObjectRef("schedule", schedule.Id, schedule.Cron), null, runs[^1].Id);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        foreach (var run in runs)
        {
            queue.Announce(run);
        }

        return true;
    }

    /// <summary>No run where no node has a server, and no second one where the check of the last time has not begun yet.</summary>
    private async Task<IReadOnlyList<Run>> QueueAsync(PortalDbContext db, Schedule schedule, CancellationToken ct)
    {
        var nodes = await db.Nodes.AsNoTracking()
            .Where(n => n.ProjectId == schedule.ProjectId && (schedule.NodeId == null || n.Id == schedule.NodeId) && n.CloudServerId != null
                && n.State != NodeState.Removing && n.State != NodeState.Removed)
            .OrderBy(n => n.Id).Select(n => new { n.Id, n.Name }).ToListAsync(ct);
        if (nodes.Count == 0 || await db.Runs.AnyAsync(r => r.Id == schedule.LastRunId && r.State == RunState.Queued, ct))
        {
            return [];
        }

        var order = new RunOrder(Actor.System, schedule.Kind, RunWish.Schedule, schedule.ClientId, schedule.ProjectId, nodes.Select(n => (n.Id, n.Name)).ToList());
        if (schedule.Kind == RunKind.Converge)
        {
            return await queue.ConvergeAsync(db, order, ct);
        }

        var run = queue.Add(db, order);
        await db.SaveChangesAsync(ct);
        return [run];
    }
}
