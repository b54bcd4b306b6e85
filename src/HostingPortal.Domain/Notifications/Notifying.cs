using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Notifications;

/// <summary>Adds a notification, and a message for each channel of its project that wants it, to the transaction of what happened.</summary>
internal static class Notifying
{
    private const int NameLength = 253;

    /// <summary>The caller saves.</summary>
    public static async Task NotifyAsync(this PortalDbContext db, TimeProvider time, Notice notice, CancellationToken ct)
    {
        var notification = new Notification
        {
            Kind = notice.Kind, ClientId = notice.ClientId, ProjectId = notice.ProjectId, NodeId = notice.NodeId, ObjectKind = notice.About.Kind, ObjectId = notice.About.Id,
            ObjectName = Run.Cut(notice.About.Name, NameLength)!, RunId = notice.RunId, RunKind = notice.RunKind, Reason = Run.Cut(notice.Reason, Run.ReasonLength),
            EndsAt = notice.EndsAt, At = time.GetUtcNow().UtcDateTime,
        };
        db.Notifications.Add(notification);
        if (notice.ProjectId is null)
        {
            return;
        }

        var listed = await db.Channels.AsNoTracking().Where(c => c.ProjectId == notice.ProjectId && c.Enabled).ToListAsync(ct);
        var channels = listed.Where(c => c.Kinds.Contains(notice.Kind)).ToList();
        if (channels.Count == 0)
        {
            return;
        }

        var now = await db.NowAsync(ct);
        db.Outbox.AddRange(channels.Select(c => new OutboxMessage
        {
            Id = Ids.New("m", time), ChannelId = c.Id, Notification = notification, State = OutboxState.Waiting, NextAt = now, CreatedAt = notification.At,
        }));
    }
}
