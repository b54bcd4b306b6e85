using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Clients;

/// <summary>Adds an invitation and its audit line to the transaction at hand.</summary>
internal static class Invitations
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);
    private static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(2);

    public static CreatedInvitation Add(PortalDbContext db, Actor actor, TimeProvider time, NewInvitation request)
    {
        var code = Ids.RandomText(40);
        var now = time.GetUtcNow().UtcDateTime;
        var invitation = new Invitation
        {
            Id = Ids.New("i", time), CodeHash = TokenService.HashOf(code), Kind = request.Kind, Email = request.Email, Role = request.Role,
            DisplayName = string.IsNullOrWhiteSpace(request.DisplayName) ? null : Text.Line(request.DisplayName, Client.NameLength, nameof(request.DisplayName)),
            ClientId = request.ClientId, ClientRole = request.ClientRole, UserId = request.UserId, InvitedBy = actor.Name,
            CreatedAt = now, ExpiresAt = now + (request.Kind == InvitationKind.Invite ? Lifetime : ResetLifetime),
        };
        db.Invitations.Add(invitation);
        var action = request.Kind == InvitationKind.Invite ? "invite.create" : "password.reset-link";
        db.Audit(actor, time, action, request.ClientId, new ObjectRef("invitation", invitation.Id, request.Email), (request.ClientRole?.ToString() ?? request.Role.ToString()));
        return new CreatedInvitation(invitation.Id, code, invitation.Email, invitation.ExpiresAt);
    }
}

internal sealed record NewInvitation(
    InvitationKind Kind, string Email, string? DisplayName, PortalRole Role, string? ClientId = null, ClientRole? ClientRole = null, string? UserId = null);
