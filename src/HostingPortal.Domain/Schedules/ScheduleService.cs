using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Schedules;

/// <summary>What is checked or converged by the clock.</summary>
public sealed class ScheduleService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int MostPerProject = 50;

    /// <param name="projectId">Only this project, or null.</param>
    /// <param name="nodeId">Only what touches this node, or null.</param>
    public async Task<Page<ScheduleRow>> ListAsync(Actor actor, string? projectId, string? nodeId, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var found = db.Schedules.AsNoTracking().Where(s => (actor.IsStaff || ids.Contains(s.ClientId)) && (projectId == null || s.ProjectId == projectId)
            && (nodeId == null || s.NodeId == nodeId || (s.NodeId == null && db.Nodes.Any(n => n.Id == nodeId && n.ProjectId == s.ProjectId))));
        foreach (var word in query.Words)
        {
            found = found.Where(s => s.CreatedBy.Contains(word) || db.Projects.Any(p => p.Id == s.ProjectId && p.Name.Contains(word)) || db.Nodes.Any(n => n.Id == s.NodeId && n.Name.Contains(word)));
        }

        return await Rows(db, found.OrderBy(s => s.NextAt == null).ThenBy(s => s.NextAt).ThenBy(s => s.Id)).ToPageAsync(query, ct);
    }

    public async Task<ScheduleRow> GetAsync(Actor actor, string scheduleId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return actor.Visible(await Rows(db, db.Schedules.AsNoTracking().Where(s => s.Id == scheduleId)).FirstOrDefaultAsync(ct), s => s.ClientId);
    }

    public async Task<string> CreateAsync(Actor actor, CreateSchedule request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = actor.Visible(await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == request.ProjectId, ct), p => p.ClientId);
        actor.RequireOwner(project.ClientId);
        if (request.NodeId is not null && !await db.Nodes.AnyAsync(n => n.Id == request.NodeId && n.ProjectId == project.Id && n.State != NodeState.Removed, ct))
        {
            throw new NotFoundException();
        }

        if (request.Kind is not (RunKind.Check or RunKind.Converge))
        {
            throw new RuleViolationException("Schedule.Kind", nameof(request.Kind));
        }

        if (await db.Schedules.CountAsync(s => s.ProjectId == project.Id, ct) >= MostPerProject)
        {
            throw new RuleViolationException("Schedule.TooMany", null, ("max", MostPerProject));
        }

        var (cron, zone, now) = (request.Cron.Trim(), request.Zone ?? "UTC", time.GetUtcNow().UtcDateTime);
        CronTime.Require(cron, zone, now);
        var schedule = new Schedule
        {
            Id = Ids.New("sc", time), ClientId = project.ClientId, ProjectId = project.Id, NodeId = request.NodeId, Kind = request.Kind, Cron = cron, Zone = zone,
            NextAt = CronTime.Next(cron, zone, now), CreatedBy = actor.Name, CreatedAt = now,
        };
        db.Schedules.Add(schedule);
        Record(db, actor, schedule, "schedule.add");
        await db.SaveChangesAsync(ct);
        return schedule.Id;
    }

    public async Task ChangeAsync(Actor actor, string scheduleId, ChangeSchedule request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var schedule = await FindAsync(db, actor, scheduleId, ct);
        var (cron, zone, now) = (request.Cron?.Trim() ?? schedule.Cron, request.Zone ?? schedule.Zone, time.GetUtcNow().UtcDateTime);
        CronTime.Require(cron, zone, now);
        (schedule.Cron, schedule.Zone, schedule.Enabled) = (cron, zone, request.Enabled ?? schedule.Enabled);
        schedule.NextAt = schedule.Enabled ? CronTime.Next(cron, zone, now) : null;
        Record(db, actor, schedule, "schedule.change");
        await db.SaveChangesAsync(ct);
    }

    public async Task RemoveAsync(Actor actor, string scheduleId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var schedule = await FindAsync(db, actor, scheduleId, ct);
        db.Schedules.Remove(schedule);
        Record(db, actor, schedule, "schedule.remove");
        await db.SaveChangesAsync(ct);
    }

    private void Record(PortalDbContext db, Actor actor, Schedule schedule, string action) =>
        db.Audit(actor, time, action, schedule.ClientId, new ObjectRef("schedule", schedule.Id, schedule.Cron), $"{schedule.Kind} {schedule.Cron} {schedule.Zone}");

    private static async Task<Schedule> FindAsync(PortalDbContext db, Actor actor, string scheduleId, CancellationToken ct)
    {
        var schedule = actor.Visible(await db.Schedules.FirstOrDefaultAsync(s => s.Id == scheduleId, ct), s => s.ClientId);
        actor.RequireOwner(schedule.ClientId);
        return schedule;
    }

    private static IQueryable<ScheduleRow> Rows(PortalDbContext db, IQueryable<Schedule> schedules) =>
        from s in schedules
        join p in db.Projects on s.ProjectId equals p.Id
        select new ScheduleRow(s.Id, s.ClientId, s.ProjectId, p.Name, s.NodeId, s.Kind, s.Cron, s.Zone, s.Enabled, s.NextAt, s.LastAt, s.LastRunId, s.CreatedBy, s.CreatedAt,
            db.Nodes.Where(n => n.Id == s.NodeId).Select(n => n.Name).FirstOrDefault());
}
