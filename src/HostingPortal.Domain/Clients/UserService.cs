using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Domain.Clients;

/// <summary>People: admins invite them; whoever has the link makes the account.</summary>
public sealed class UserService(IDbContextFactory<PortalDbContext> contexts, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Staff see everybody (<paramref name="clientId"/> null) or a client's people; clients see their own.</summary>
    public async Task<IReadOnlyList<UserRow>> ListAsync(Actor actor, string? clientId, CancellationToken ct)
    {
        if (clientId is null)
        {
            actor.RequireStaff();
        }
        else
        {
            actor.RequireRead(clientId);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var users = db.Users.AsNoTracking().Where(u => clientId == null || u.Memberships.Any(m => m.ClientId == clientId));
        return await users.OrderBy(u => u.DisplayName)
            .Select(u => new UserRow(
                u.Id, u.DisplayName, u.Email!, u.Role,
                u.Memberships.Where(m => m.ClientId == clientId).Select(m => (ClientRole?)m.Role).FirstOrDefault(),
                u.TwoFactorEnabled || db.Passkeys.Any(p => p.UserId == u.Id)))
            .ToListAsync(ct);
    }

    /// <summary>Invitations of staff that were not accepted yet.</summary>
    public async Task<IReadOnlyList<PendingInvitation>> ListInvitedAsync(Actor actor, CancellationToken ct)
    {
        actor.RequireStaff();
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Invitations.AsNoTracking().Where(i => i.ClientId == null && i.Kind == InvitationKind.Invite && i.UsedAt == null && i.ExpiresAt > now)
            .OrderByDescending(i => i.CreatedAt)
            .Select(i => new PendingInvitation(i.Id, i.Email, i.DisplayName, i.Role, i.ClientRole, i.InvitedBy, i.CreatedAt, i.ExpiresAt)).ToListAsync(ct);
    }

    /// <summary>Invites a person to the staff or to a client; the account is made when the link is opened.</summary>
    public async Task<CreatedInvitation> CreateAsync(Actor actor, CreateUser request, CancellationToken ct)
    {
        actor.RequireAdmin();
        var email = EmailAddress.Parse(request.Email);
        var client = request.Role == PortalRole.Client;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (client && (request.ClientId is null || !await db.Clients.AnyAsync(c => c.Id == request.ClientId, ct)))
        {
            throw new RuleViolationException("User.NeedsClient", nameof(request.ClientId));
        }

        if (!client && await db.Users.AnyAsync(u => u.Email == email, ct))
        {
            throw new RuleViolationException("User.DuplicateEmail", nameof(request.Email));
        }

        var created = Invitations.Add(db, actor, time, new NewInvitation(
            InvitationKind.Invite, email, request.DisplayName, request.Role, client ? request.ClientId : null, client ? request.ClientRole ?? ClientRole.Member : null));
        await db.SaveChangesAsync(ct);
        return created;
    }

    /// <summary>A link behind which the person sets a new password; the admin hands it over.</summary>
    public async Task<CreatedInvitation> CreateResetAsync(Actor actor, string userId, CancellationToken ct)
    {
        actor.RequireAdmin();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == userId, ct) ?? throw new NotFoundException();
        var created = AddReset(db, actor, user);
        await db.SaveChangesAsync(ct);
        return created;
    }

    /// <summary>The same, asked for by whoever writes the address; null when nobody has it. The link goes to that address alone.</summary>
    public async Task<CreatedInvitation?> AskResetAsync(string email, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Email == email, ct) is not { } user)
        {
            return null;
        }

        var created = AddReset(db, InvitationService.Of(user), user);
        await db.SaveChangesAsync(ct);
        return created;
    }

    /// <summary>Creates the first admin; refused as soon as anybody exists.</summary>
    public async Task<string> CreateFirstAdminAsync(string email, string displayName, string password, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        if (await db.Users.AnyAsync(ct))
        {
            throw new RuleViolationException("Setup.Done");
        }

        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var user = InvitationService.NewUser(EmailAddress.Parse(email), Text.Line(displayName, Client.NameLength, "DisplayName"), PortalRole.Admin, time);
        await using var transaction = await db.BeginAsync(ct);
        IdentityRefusals.Check(await users.CreateAsync(user, password), "Password");
        db.Audit(InvitationService.Of(user), time, "user.first-admin", null, new ObjectRef("user", user.Id, user.DisplayName));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return user.Id;
    }

    public async Task<bool> AnyoneAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AnyAsync(ct);
    }

    private CreatedInvitation AddReset(PortalDbContext db, Actor actor, PortalUser user) =>
        Invitations.Add(db, actor, time, new NewInvitation(InvitationKind.PasswordReset, user.Email!, user.DisplayName, user.Role, UserId: user.Id));
}

public sealed record CreateUser(string Email, string DisplayName, PortalRole Role, string? ClientId = null, ClientRole? ClientRole = null);

/// <param name="Strong">Signs in with more than a password, or can.</param>
public sealed record UserRow(string Id, string DisplayName, string Email, PortalRole Role, ClientRole? ClientRole, bool Strong);
