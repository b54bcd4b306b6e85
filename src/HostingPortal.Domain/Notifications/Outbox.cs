using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Notifications;

/// <summary>
/// Who sends which message. A claim is a lease in database time; the number of the try stands for it, so that a sender that was paused changes nothing any more.
/// One that dies between sending and saying so leaves the message to be sent again under the same id.
/// </summary>
internal sealed class Outbox(IDbContextFactory<PortalDbContext> contexts)
{
    /// <summary>Longer than any delivery takes.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Pauses after each try; after the last one the message is given up.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12)];

    /// <summary>The next message, with its channel and notification; at most one of a channel is under way, so that none keeps the others waiting.</summary>
    public async Task<OutboxMessage?> ClaimAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var due = await db.Database.SqlQuery<string>(
            $"""
             SELECT MIN(m.Id) AS Value FROM outbox m
             WHERE m.State = 'Waiting' AND m.NextAt <= UTC_TIMESTAMP(3)
               AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.ChannelId = m.ChannelId AND o.State = 'Waiting' AND o.LeaseUntil >= UTC_TIMESTAMP(3))
             GROUP BY m.ChannelId ORDER BY MIN(m.NextAt) LIMIT 20
             """).ToListAsync(ct);
        foreach (var id in due)
        {
            db.ChangeTracker.Clear();
            if (await TakeAsync(db, id, ct) is { } message)
            {
                return message;
            }
        }

        return null;
    }

    /// <summary>Takes one message if it is still to be had: its row is locked, then looked at again.</summary>
    private static async Task<OutboxMessage?> TakeAsync(PortalDbContext db, string id, CancellationToken ct)
    {
        await using var transaction = await db.BeginAsync(ct);
        var free = await db.Database.SqlQuery<string>(
            $"""
             SELECT Id AS Value FROM outbox
             WHERE Id = {id} AND State = 'Waiting' AND NextAt <= UTC_TIMESTAMP(3) AND (LeaseUntil IS NULL OR LeaseUntil < UTC_TIMESTAMP(3)) FOR UPDATE SKIP LOCKED
             """).ToListAsync(ct);
        if (free.Count == 0)
        {
            return null;
        }

        var message = await db.Outbox.Include(m => m.Channel).Include(m => m.Notification).FirstAsync(m => m.Id == id, ct);
        message.Tries++;
        message.LeaseUntil = await db.NowAsync(ct) + Lease;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return message;
    }

    /// <summary>Keeps how the try ended, if it is still the last one.</summary>
    /// <param name="error">Null: it was taken.</param>
    public async Task<bool> EndAsync(OutboxMessage message, OutsideException? error, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var now = await db.NowAsync(ct);
        var state = error is null ? OutboxState.Sent : error.Transient && message.Tries <= Pauses.Length ? OutboxState.Waiting : OutboxState.GivenUp;
        var next = state == OutboxState.Waiting ? now + Pauses[message.Tries - 1] : now;
        var ended = await db.Outbox.Where(m => m.Id == message.Id && m.Tries == message.Tries && m.State == OutboxState.Waiting).ExecuteUpdateAsync(
            m => m.SetProperty(x => x.State, state).SetProperty(x => x.NextAt, next).SetProperty(x => x.LeaseUntil, (DateTime?)null)
                .SetProperty(x => x.EndedAt, state == OutboxState.Waiting ? null : now), ct);
        if (ended > 0)
        {
            var (reason, detail) = (error?.Code, Run.Cut(error?.Detail, Channel.DetailLength));
            await db.Channels.Where(c => c.Id == message.ChannelId).ExecuteUpdateAsync(
                c => c.SetProperty(x => x.LastAt, now).SetProperty(x => x.LastOk, error == null).SetProperty(x => x.LastReason, reason).SetProperty(x => x.LastDetail, detail), ct);
        }

        await transaction.CommitAsync(ct);
        return ended > 0;
    }
}
