using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>A person's own bearer tokens.</summary>
public sealed class TokenService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public const int MaxDays = 365;
    public const int MaxTokens = 50;

    /// <summary>The actor's tokens that still open something, newest first.</summary>
    public async Task<IReadOnlyList<TokenRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ApiTokens.AsNoTracking().Where(t => t.UserId == actor.UserId && t.ExpiresAt > now).OrderByDescending(t => t.CreatedAt)
            .Select(t => new TokenRow(t.Id, t.Name, t.Scope, t.ClientId, t.Client!.Name, t.CreatedAt, t.ExpiresAt, t.LastUsedAt)).ToListAsync(ct);
    }

    /// <summary>A token with at most the actor's own rights. Its text is in the answer and nowhere else.</summary>
    public async Task<CreatedToken> CreateAsync(Actor actor, CreateToken request, CancellationToken ct)
    {
        if (request.ClientId is not null)
        {
            actor.RequireRead(request.ClientId);
        }

        var userId = actor.RequireSelf();

        var label = Text.Line(request.Name, ApiToken.NameLength, nameof(request.Name));
        if (request.Days is < 1 or > MaxDays)
        {
            throw new RuleViolationException("Token.Days", nameof(request.Days), ("max", MaxDays));
        }

        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.ApiTokens.Where(t => t.UserId == userId && t.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        if (await db.ApiTokens.CountAsync(t => t.UserId == userId, ct) >= MaxTokens)
        {
            throw new RuleViolationException("Token.TooMany", null, ("max", MaxTokens));
        }

        if (request.ClientId is not null && !await db.Clients.AnyAsync(c => c.Id == request.ClientId, ct))
        {
            throw new NotFoundException();
        }

        var text = "hp_" + Ids.RandomText(40);
        var token = new ApiToken
        {
            Id = Ids.New("t", time), UserId = userId, Name = label, Hash = HashOf(text), Scope = request.Scope, ClientId = request.ClientId,
            CreatedAt = now, ExpiresAt = now.AddDays(request.Days),
        };
        db.ApiTokens.Add(token);
        db.Audit(actor, time, "token.create", request.ClientId, new ObjectRef("token", token.Id, label), request.Scope.ToString());
        await db.SaveChangesAsync(ct);
        return new CreatedToken(token.Id, text, token.ExpiresAt);
    }

    /// <summary>The token opens nothing from now on.</summary>
    public async Task EndAsync(Actor actor, string tokenId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var token = await db.ApiTokens.FirstOrDefaultAsync(t => t.Id == tokenId && t.UserId == actor.UserId, ct) ?? throw new NotFoundException();
        actor.RequireSelf();
        db.ApiTokens.Remove(token);
        db.Audit(actor, time, "token.end", token.ClientId, new ObjectRef("token", token.Id, token.Name));
        await db.SaveChangesAsync(ct);
    }

    internal static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <param name="ClientId">The only client it opens; null: all the person may see.</param>
/// <param name="Days">1 to 365.</param>
public sealed record CreateToken(string Name, TokenScope Scope, string? ClientId, int Days);

/// <param name="Token">The text to send as <c>Authorization: Bearer …</c>; shown once.</param>
public sealed record CreatedToken(string Id, string Token, DateTime ExpiresAt);

public sealed record TokenRow(
    string Id, string Name, TokenScope Scope, string? ClientId, string? ClientName, DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt);
