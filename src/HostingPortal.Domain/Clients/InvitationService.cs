using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Domain.Clients;

/// <summary>What happens behind a link: the code is the permission, once.</summary>
public sealed class InvitationService(IDbContextFactory<PortalDbContext> contexts, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>What the link would do.</summary>
    /// <exception cref="RuleViolationException">Used, expired or unknown.</exception>
    public async Task<InvitationView> LookAsync(string code, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await Open(db, code).AsNoTracking().Include(i => i.Client).FirstOrDefaultAsync(ct) ?? throw new RuleViolationException("User.InviteUsed");
        var known = await db.Users.AnyAsync(u => u.Email == found.Email, ct);
        return new InvitationView(found.Kind, found.Email, found.DisplayName, found.Client?.Name, found.Role, found.ClientRole, found.InvitedBy, found.ExpiresAt, known);
    }

    /// <summary>Makes the person with its membership, or sets the password of the one the link is for; returns the person's id.</summary>
    public async Task<string> AcceptAsync(string code, string? displayName, string password, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        await using var transaction = await db.BeginAsync(ct);
        var invitation = await TakeAsync(db, code, ct);
        var user = invitation.Kind == InvitationKind.PasswordReset
            ? await ResetAsync(db, users, invitation, password, ct)
            : await CreateAsync(db, users, invitation, displayName, password);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return user.Id;
    }

    /// <summary>Makes the actor, who has an account already, a member of the client the link is for.</summary>
    public async Task<string> JoinAsync(Actor actor, string code, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        if (!await Open(db, code).AnyAsync(ct))
        {
            throw new NotFoundException();
        }

        var userId = actor.RequireSelf();

        var invitation = await TakeAsync(db, code, ct);
        var user = await db.Users.FirstAsync(u => u.Id == userId, ct);
        if (invitation.Kind != InvitationKind.Invite || invitation.ClientId is not { } clientId || user.Role != PortalRole.Client
            || !string.Equals(user.Email, invitation.Email, StringComparison.OrdinalIgnoreCase))
        {
            throw new RuleViolationException("Invite.OtherPerson", null, ("email", invitation.Email));
        }

        if (!await db.Memberships.AnyAsync(m => m.ClientId == clientId && m.UserId == userId, ct))
        {
            db.Memberships.Add(new Membership { ClientId = clientId, UserId = userId, Role = invitation.ClientRole ?? ClientRole.Member });
        }

        db.Audit(actor, time, "invite.accept", clientId, new ObjectRef("user", userId, actor.Name), invitation.ClientRole?.ToString());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return clientId;
    }

    private IQueryable<Invitation> Open(PortalDbContext db, string code)
    {
        var hash = TokenService.HashOf(code);
        var now = time.GetUtcNow().UtcDateTime;
        return db.Invitations.Where(i => i.CodeHash == hash && i.UsedAt == null && i.ExpiresAt > now);
    }

    /// <summary>Of two that come at once, one gets it.</summary>
    private async Task<Invitation> TakeAsync(PortalDbContext db, string code, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var hash = TokenService.HashOf(code);
        return await Open(db, code).ExecuteUpdateAsync(i => i.SetProperty(x => x.UsedAt, now), ct) == 1
            ? await db.Invitations.AsNoTracking().FirstAsync(i => i.CodeHash == hash, ct)
            : throw new RuleViolationException("User.InviteUsed");
    }

    private async Task<PortalUser> CreateAsync(PortalDbContext db, UserManager<PortalUser> users, Invitation invitation, string? displayName, string password)
    {
        var name = Text.Line(string.IsNullOrWhiteSpace(displayName) ? invitation.DisplayName : displayName, Client.NameLength, "DisplayName");
        var user = NewUser(invitation.Email, name, invitation.Role, time);
        if (invitation.ClientId is { } clientId)
        {
            user.Memberships.Add(new Membership { UserId = user.Id, ClientId = clientId, Role = invitation.ClientRole ?? ClientRole.Member });
        }

        IdentityRefusals.Check(await users.CreateAsync(user, password), "Password");
        db.Audit(Of(user), time, "invite.accept", invitation.ClientId, new ObjectRef("user", user.Id, name), invitation.ClientRole?.ToString() ?? invitation.Role.ToString());
        return user;
    }

    private async Task<PortalUser> ResetAsync(PortalDbContext db, UserManager<PortalUser> users, Invitation invitation, string password, CancellationToken ct)
    {
        var user = await users.FindByIdAsync(invitation.UserId!) ?? throw new RuleViolationException("User.InviteUsed");
        IdentityRefusals.Check(await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password), "Password");
        await db.Sessions.Where(s => s.UserId == user.Id).ExecuteDeleteAsync(ct);
        db.Audit(Of(user), time, "password.reset", null, new ObjectRef("user", user.Id, user.DisplayName));
        return user;
    }

    internal static PortalUser NewUser(string email, string name, PortalRole role, TimeProvider time) => new()
    {
        Id = Ids.New("u", time), UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, Role = role, CreatedAt = time.GetUtcNow().UtcDateTime,
    };

    internal static Actor Of(PortalUser user) => new(user.Id, user.DisplayName, user.Role, new Dictionary<string, ClientRole>());
}

/// <param name="Known">Somebody with this e-mail address has an account: sign in, then join.</param>
public sealed record InvitationView(
    InvitationKind Kind, string Email, string? DisplayName, string? ClientName, PortalRole Role, ClientRole? ClientRole, string InvitedBy, DateTime ExpiresAt, bool Known);
