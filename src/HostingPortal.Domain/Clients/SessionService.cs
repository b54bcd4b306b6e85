using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>Sign-ins in browsers: each has a row, and ends with it.</summary>
public sealed class SessionService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(30);
    private static readonly TimeSpan Sparingly = TimeSpan.FromMinutes(5);

    /// <summary>The actor's own, last seen first.</summary>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Sessions.AsNoTracking().Where(s => s.UserId == actor.UserId).OrderByDescending(s => s.LastSeenAt)
            .Select(s => new SessionRow(s.Id, s.Device, s.RemoteAddress, s.Strong, s.CreatedAt, s.LastSeenAt)).ToListAsync(ct);
    }

    /// <summary>Lets an admin act as a client in this browser, with the rights of an owner of that client and no others, until it stops.</summary>
    public async Task ActAsync(Actor actor, string sessionId, string clientId, CancellationToken ct)
    {
        actor.RequireAdmin();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = await db.Sessions.FirstOrDefaultAsync(s => s.Id == sessionId && s.UserId == actor.UserId, ct) ?? throw new NotFoundException();
        var client = await db.Clients.AsNoTracking().FirstOrDefaultAsync(c => c.Id == clientId, ct) ?? throw new NotFoundException();
        session.ActingForId = client.Id;
        db.Audit(actor with { ActingFor = new ActingFor(client.Id, client.Name) }, time, "acting.start", client.Id, new ObjectRef("client", client.Id, client.Name));
        await db.SaveChangesAsync(ct);
    }

    public async Task StopActingAsync(Actor actor, string sessionId, CancellationToken ct)
    {
        actor.RequireWrite();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = await db.Sessions.FirstOrDefaultAsync(s => s.Id == sessionId && s.UserId == actor.UserId, ct) ?? throw new NotFoundException();
        session.ActingForId = null;
        if (actor.ActingFor is { } client)
        {
            db.Audit(actor, time, "acting.stop", client.ClientId, new ObjectRef("client", client.ClientId, client.ClientName));
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Signs out one browser; its open pages end within a minute.</summary>
    public async Task EndAsync(Actor actor, string ownSessionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = await db.Sessions.FirstOrDefaultAsync(s => s.Id == ownSessionId && s.UserId == actor.UserId, ct) ?? throw new NotFoundException();
        db.Sessions.Remove(session);
        db.Audit(actor, time, "session.end", null, new ObjectRef("session", session.Id, session.Device));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Signs the person out everywhere.</summary>
    public async Task EndAllAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var ended = await db.Sessions.Where(s => s.UserId == actor.UserId).ExecuteDeleteAsync(ct);
        if (ended > 0)
        {
            db.Audit(actor, time, "session.end-all", null, new ObjectRef("user", actor.UserId!, actor.Name));
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>A sign-in that just passed; returns the id its cookie carries.</summary>
    /// <param name="strong">More than a password was shown.</param>
    public async Task<string> StartAsync(string userId, string device, string? remoteAddress, bool strong, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var session = new UserSession
        {
            Id = "b-" + Ids.RandomText(30), UserId = userId, CreatedAt = now, LastSeenAt = now, Device = device, RemoteAddress = remoteAddress, Strong = strong,
        };
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.UserId == userId && s.LastSeenAt < now - Forgotten).ExecuteDeleteAsync(ct);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(ct);
        return session.Id;
    }

    /// <summary>What the session is; null when it ended or is another person's.</summary>
    public async Task<SessionState?> FindAsync(string sessionId, string userId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Sessions.AsNoTracking().Where(s => s.Id == sessionId && s.UserId == userId)
            .Select(s => new { s.Strong, s.LastSeenAt, s.User!.Role }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        if (now - found.LastSeenAt > Sparingly)
        {
            await db.Sessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), ct);
        }

        var rules = await db.SignInRules.AsNoTracking().SingleOrDefaultAsync(ct);
        return new SessionState(found.Strong, !found.Strong && rules?.Asks(found.Role) == true);
    }

    /// <summary>The person showed more than a password in this session.</summary>
    public async Task StrengthenAsync(string sessionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Strong, true), ct);
    }

    public async Task CloseAsync(string sessionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Sessions.Where(s => s.Id == sessionId).ExecuteDeleteAsync(ct);
    }
}

/// <param name="RemoteAddress">Where the sign-in came from.</param>
/// <param name="Strong">More than a password was shown.</param>
public sealed record SessionRow(string Id, string Device, string? RemoteAddress, bool Strong, DateTime CreatedAt, DateTime LastSeenAt);

/// <param name="NeedsMore">The rules ask for more than the password this session began with.</param>
public sealed record SessionState(bool Strong, bool NeedsMore);
