namespace HostingPortal.Domain.Clients;

/// <summary>
/// A link that lets one person in, once and for a while: into a client with a role, onto the staff, or back in with a new password. Only the SHA-256 of its
/// code is kept.
/// </summary>
public sealed class Invitation
{
    public required string Id { get; init; }

    public required byte[] CodeHash { get; init; }

    public required InvitationKind Kind { get; init; }

    public required string Email { get; init; }

    /// <summary>Suggested; the person may choose another.</summary>
    public string? DisplayName { get; init; }

    public required PortalRole Role { get; init; }

    public string? ClientId { get; init; }

    public Client? Client { get; init; }

    public ClientRole? ClientRole { get; init; }

    /// <summary>Whose password it sets; null for invitations.</summary>
    public string? UserId { get; init; }

    public PortalUser? User { get; init; }

    public required string InvitedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    /// <summary>Set when it was accepted; it opens nothing any more.</summary>
    public DateTime? UsedAt { get; set; }
}

public enum InvitationKind
{
    Invite,

    PasswordReset,
}
