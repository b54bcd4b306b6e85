using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Notifications;

/// <summary>What happened to what the actor may see, and what of it the person has read.</summary>
public sealed class NotificationService(IDbContextFactory<PortalDbContext> contexts, ChangeFeed feed)
{
    /// <summary>More than this is said as "more than".</summary>
    public const int MostCounted = 99;
    private const int InBell = 8;

    /// <summary>Newest first.</summary>
    /// <param name="filter">Null members mean all.</param>
    public async Task<Page<NotificationRow>> ListAsync(Actor actor, NotificationFilter filter, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var read = await ReadAsync(db, actor, ct);
        var found = Visible(db, actor).Where(n => filter.ProjectId == null || n.ProjectId == filter.ProjectId);
        if (filter.Unread)
        {
            found = Unread(db, found, read);
        }

        if (filter.Kinds is { Count: > 0 } kinds)
        {
            found = found.Where(n => kinds.Contains(n.Kind));
        }

        foreach (var word in query.Words)
        {
            found = found.Where(n => n.ObjectName.Contains(word) || db.Projects.Any(p => p.Id == n.ProjectId && p.Name.Contains(word)) || db.Clients.Any(c => c.Id == n.ClientId && c.Name.Contains(word)));
        }

        return await found.OrderByDescending(n => n.Id).Select(n => n.Id)
            .ToHistoryPageAsync(found, shown => Rows(db, db.Notifications.AsNoTracking().Where(n => shown.Contains(n.Id)), read), n => n.Id, query, ct);
    }

    /// <summary>The newest few, and how many are unread, at most <see cref="MostCounted"/> + 1.</summary>
    public async Task<BellView> GetBellAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var read = await ReadAsync(db, actor, ct);
        var unread = await Unread(db, Visible(db, actor), read).OrderByDescending(n => n.Id).Take(MostCounted + 1).CountAsync(ct);
        return new BellView(unread, await Rows(db, Visible(db, actor).OrderByDescending(n => n.Id).Take(InBell), read).ToListAsync(ct));
    }

    public async Task MarkReadAsync(Actor actor, long notificationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await Visible(db, actor).AnyAsync(n => n.Id == notificationId, ct))
        {
            throw new NotFoundException();
        }

        var userId = actor.RequireSelf();
        await db.Database.ExecuteSqlAsync(
            $"INSERT IGNORE INTO notification_reads (UserId, NotificationId) SELECT Id, {notificationId} FROM AspNetUsers WHERE Id = {userId}", ct);
        Tell(actor);
    }

    /// <summary>Everything there is now.</summary>
    public async Task MarkAllReadAsync(Actor actor, CancellationToken ct)
    {
        var userId = actor.RequireSelf();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await Visible(db, actor).MaxAsync(n => (long?)n.Id, ct) ?? 0;
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO notification_marks (UserId, ReadUpTo) SELECT Id, {last} FROM AspNetUsers WHERE Id = {userId}
             ON DUPLICATE KEY UPDATE ReadUpTo = GREATEST(ReadUpTo, {last})
             """, ct);
        await db.NotificationReads.Where(r => r.UserId == userId && r.NotificationId <= last).ExecuteDeleteAsync(ct);
        Tell(actor);
    }

    /// <summary>Other pages of the same person show the same count.</summary>
    private void Tell(Actor actor) => feed.Publish("notification-read", actor.UserId!, actor.ClientIds.FirstOrDefault() ?? "");

    private static async Task<ReadState> ReadAsync(PortalDbContext db, Actor actor, CancellationToken ct) =>
        await db.Users.Where(u => u.Id == actor.UserId)
            .Select(u => new ReadState(u.Id, u.CreatedAt, db.NotificationMarks.Where(m => m.UserId == u.Id).Select(m => m.ReadUpTo).FirstOrDefault())).FirstOrDefaultAsync(ct)
        ?? new ReadState(null, DateTime.UnixEpoch, 0);

    private static IQueryable<Notification> Visible(PortalDbContext db, Actor actor)
    {
        var ids = actor.ClientIds.ToList();
        return db.Notifications.AsNoTracking().Where(n => actor.IsStaff || ids.Contains(n.ClientId));
    }

    /// <summary>What happened before a person came is read.</summary>
    private static IQueryable<Notification> Unread(PortalDbContext db, IQueryable<Notification> found, ReadState read) =>
        found.Where(n => n.Id > read.UpTo && n.At >= read.Since && !db.NotificationReads.Any(r => r.UserId == read.UserId && r.NotificationId == n.Id));

    private static IQueryable<NotificationRow> Rows(PortalDbContext db, IQueryable<Notification> found, ReadState read) =>
        found.Select(n => new NotificationRow(
            n.Id, n.Kind, n.ClientId, db.Clients.Where(c => c.Id == n.ClientId).Select(c => c.Name).First(), n.ProjectId,
            db.Projects.Where(p => p.Id == n.ProjectId).Select(p => p.Name).FirstOrDefault(), n.ObjectKind, n.ObjectId, n.ObjectName, n.RunId, n.RunKind, n.Reason, n.EndsAt, n.At,
            n.Id <= read.UpTo || n.At < read.Since || db.NotificationReads.Any(r => r.UserId == read.UserId && r.NotificationId == n.Id)));

    private sealed record ReadState(string? UserId, DateTime Since, long UpTo);
}
