using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>Turns a sign-in or a bearer token into an <see cref="Actor"/>, from the database each time: a right that is gone is gone.</summary>
public sealed class ActorService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<Actor?> FindAsync(string userId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await FindAsync(db, userId, ct);
    }

    /// <summary>The owner of an API token that has not expired, or null.</summary>
    public async Task<Actor?> FindByTokenAsync(string token, CancellationToken ct)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.ApiTokens.FirstOrDefaultAsync(t => t.Hash == hash && t.ExpiresAt > now, ct);
        if (found is null)
        {
            return null;
        }

        if (found.LastUsedAt is null || now - found.LastUsedAt > TimeSpan.FromMinutes(5))
        {
            found.LastUsedAt = now;
            await db.SaveChangesAsync(ct);
        }

        return await FindAsync(db, found.UserId, ct);
    }

    private static async Task<Actor?> FindAsync(PortalDbContext db, string userId, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().Include(u => u.Memberships).FirstOrDefaultAsync(u => u.Id == userId, ct);
        return user is null
            ? null
            : new Actor(user.Id, user.DisplayName, user.Role, user.Memberships.ToDictionary(m => m.ClientId, m => m.Role));
    }
}
