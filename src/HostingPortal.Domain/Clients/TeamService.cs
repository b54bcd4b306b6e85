using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>The people of a client: owners invite, change roles and remove. A client always keeps an owner.</summary>
public sealed class TeamService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<Team> GetAsync(Actor actor, string clientId, CancellationToken ct)
    {
        actor.RequireRead(clientId);
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var client = await db.Clients.AsNoTracking().FirstOrDefaultAsync(c => c.Id == clientId, ct) ?? throw new NotFoundException();
        var members = await db.Memberships.AsNoTracking().Where(m => m.ClientId == clientId).OrderBy(m => m.User!.DisplayName)
            .Select(m => new TeamMember(m.UserId, m.User!.DisplayName, m.User.Email!, m.Role, m.User.TwoFactorEnabled || db.Passkeys.Any(p => p.UserId == m.UserId))).ToListAsync(ct);
        var invited = await db.Invitations.AsNoTracking()
            .Where(i => i.ClientId == clientId && i.Kind == InvitationKind.Invite && i.UsedAt == null && i.ExpiresAt > now).OrderByDescending(i => i.CreatedAt)
            .Select(i => new PendingInvitation(i.Id, i.Email, i.DisplayName, i.Role, i.ClientRole, i.InvitedBy, i.CreatedAt, i.ExpiresAt)).ToListAsync(ct);
        return new Team(client.Id, client.Name, members, invited);
    }

    /// <summary>A link that makes somebody a member, once and for three days.</summary>
    public async Task<CreatedInvitation> InviteAsync(Actor actor, string clientId, InvitePerson request, CancellationToken ct)
    {
        actor.RequireOwner(clientId);
        var email = EmailAddress.Parse(request.Email);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Clients.AnyAsync(c => c.Id == clientId, ct))
        {
            throw new NotFoundException();
        }

        if (await db.Memberships.AnyAsync(m => m.ClientId == clientId && m.User!.Email == email, ct))
        {
            throw new RuleViolationException("Team.MemberTaken", nameof(request.Email), ("email", email));
        }

        var created = Invitations.Add(db, actor, time, new NewInvitation(InvitationKind.Invite, email, request.DisplayName, PortalRole.Client, clientId, request.Role));
        await db.SaveChangesAsync(ct);
        return created;
    }

    /// <summary>The link opens nothing from now on; one that was used or withdrawn before stays as it is.</summary>
    public async Task WithdrawAsync(Actor actor, string clientId, string invitationId, CancellationToken ct)
    {
        actor.RequireOwner(clientId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Invitations.FirstOrDefaultAsync(i => i.Id == invitationId && i.ClientId == clientId && i.UsedAt == null, ct) is { } invitation)
        {
            db.Invitations.Remove(invitation);
            db.Audit(actor, time, "invite.withdraw", clientId, new ObjectRef("invitation", invitation.Id, invitation.Email));
            await db.SaveChangesAsync(ct);
        }
    }

    public async Task ChangeRoleAsync(Actor actor, string clientId, string userId, ClientRole role, CancellationToken ct)
    {
        actor.RequireOwner(clientId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var membership = await LockAsync(db, clientId, userId, ct);
        if (role != ClientRole.Owner)
        {
            await RequireOtherOwnerAsync(db, membership, ct);
        }

        var before = membership.Role;
        membership.Role = role;
        db.Audit(actor, time, "member.role", clientId, new ObjectRef("user", userId, membership.User!.DisplayName), $"{before} → {role}");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The person sees the client no more; its open pages and streams end within a minute.</summary>
    public async Task RemoveAsync(Actor actor, string clientId, string userId, CancellationToken ct)
    {
        actor.RequireOwner(clientId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var membership = await LockAsync(db, clientId, userId, ct);
        await RequireOtherOwnerAsync(db, membership, ct);
        db.Memberships.Remove(membership);
        db.Audit(actor, time, "member.remove", clientId, new ObjectRef("user", userId, membership.User!.DisplayName), membership.Role.ToString());
        await db.SaveChangesAsync(ct);
        await db.Sessions.Where(s => s.UserId == userId).ExecuteDeleteAsync(ct);
        await db.ApiTokens.Where(t => t.UserId == userId && t.ClientId == clientId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Serialises changes of one client's people, so that two owners cannot remove each other.</summary>
    private static async Task<Membership> LockAsync(PortalDbContext db, string clientId, string userId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT Id FROM clients WHERE Id = {clientId} FOR UPDATE", ct);
        return await db.Memberships.Include(m => m.User).FirstOrDefaultAsync(m => m.ClientId == clientId && m.UserId == userId, ct) ?? throw new NotFoundException();
    }

    private static async Task RequireOtherOwnerAsync(PortalDbContext db, Membership membership, CancellationToken ct)
    {
        if (membership.Role == ClientRole.Owner
            && !await db.Memberships.AnyAsync(m => m.ClientId == membership.ClientId && m.UserId != membership.UserId && m.Role == ClientRole.Owner, ct))
        {
            throw new RuleViolationException("Team.LastOwner", null, ("name", membership.User!.DisplayName));
        }
    }
}

public sealed record Team(string ClientId, string ClientName, IReadOnlyList<TeamMember> Members, IReadOnlyList<PendingInvitation> Invited);

/// <param name="Strong">Signs in with more than a password, or can.</param>
public sealed record TeamMember(string UserId, string DisplayName, string Email, ClientRole Role, bool Strong);

public sealed record PendingInvitation(
    string Id, string Email, string? DisplayName, PortalRole Role, ClientRole? ClientRole, string InvitedBy, DateTime CreatedAt, DateTime ExpiresAt);

public sealed record InvitePerson(string Email, string? DisplayName, ClientRole Role);

/// <param name="Code">Opens <c>/invite/{code}</c>; shown once.</param>
public sealed record CreatedInvitation(string Id, string Code, string Email, DateTime ExpiresAt);
