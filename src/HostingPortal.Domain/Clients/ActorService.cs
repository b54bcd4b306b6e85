using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>Turns a sign-in or a bearer token into an <see cref="Actor"/>, from the database each time: a right that is gone is gone.</summary>
public sealed class ActorService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Sparingly = TimeSpan.FromMinutes(5);

    public async Task<Actor?> FindAsync(string userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await FindAsync(db, userId, ct);
    }

    /// <summary>Who sits behind a session of a browser; null when it ended or has to show more than a password first.</summary>
    public async Task<Actor?> FindBySessionAsync(string sessionId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var session = await db.Sessions.AsNoTracking().Include(s => s.ActingFor).FirstOrDefaultAsync(s => s.Id == sessionId, ct);
        if (session is null || await FindAsync(db, session.UserId, ct) is not { } person)
        {
            return null;
        }

        if (!session.Strong && (await db.SignInRules.AsNoTracking().SingleOrDefaultAsync(ct))?.Asks(person.Role) == true)
        {
            return null;
        }

        return session.ActingFor is { } client && person.IsAdmin ? As(person, client) : person;
    }

    /// <summary>The owner of an API token that has not expired, with what the token lets through of the owner's rights; or null.</summary>
    public async Task<Actor?> FindByTokenAsync(string token, CancellationToken ct)
    {
        var hash = TokenService.HashOf(token);
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.ApiTokens.AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash && t.ExpiresAt > now, ct);
        if (found is null || await FindAsync(db, found.UserId, ct) is not { } owner)
        {
            return null;
        }

        if (found.LastUsedAt is null || now - found.LastUsedAt > Sparingly)
        {
            await db.ApiTokens.Where(t => t.Id == found.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now), ct);
        }

        var actor = found.ClientId is null ? owner : Within(owner, found.ClientId);
        return actor is null ? null : actor with { ReadsOnly = found.Scope == TokenScope.Read };
    }

    /// <summary>The same person, but as if it belonged to one client alone; null when it may not see that client any more.</summary>
    private static Actor? Within(Actor actor, string clientId)
    {
        ClientRole? role = actor.IsAdmin ? ClientRole.Owner : actor.IsStaff ? ClientRole.ReadOnly : actor.Clients.TryGetValue(clientId, out var own) ? own : null;
        return role is null ? null : actor with { Role = PortalRole.Client, Clients = new Dictionary<string, ClientRole> { [clientId] = role.Value } };
    }

    /// <summary>An admin in the place of a client: its name stays, its rights are an owner's.</summary>
    private static Actor As(Actor admin, Client client) => admin with
    {
        Role = PortalRole.Client,
        Clients = new Dictionary<string, ClientRole> { [client.Id] = ClientRole.Owner },
        Suspended = client.SuspendedAt is null ? admin.Suspended : new Dictionary<string, string> { [client.Id] = client.SuspendReason ?? "" },
        ActingFor = new ActingFor(client.Id, client.Name),
    };

    private static async Task<Actor?> FindAsync(PortalDbContext db, string userId, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().Include(u => u.Memberships).ThenInclude(m => m.Client).FirstOrDefaultAsync(u => u.Id == userId, ct);
        return user is null
            ? null
            : new Actor(user.Id, user.DisplayName, user.Role, user.Memberships.ToDictionary(m => m.ClientId, m => m.Role))
            {
                Suspended = user.Memberships.Where(m => m.Client!.SuspendedAt is not null).ToDictionary(m => m.ClientId, m => m.Client!.SuspendReason ?? ""),
            };
    }
}
