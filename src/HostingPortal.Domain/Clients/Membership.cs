namespace HostingPortal.Domain.Clients;

/// <summary>Binds a person to a client.</summary>
public sealed class Membership
{
    public required string UserId { get; init; }

    public PortalUser? User { get; init; }

    public required string ClientId { get; init; }

    public Client? Client { get; init; }

    public required ClientRole Role { get; set; }
}

public enum ClientRole
{
    /// <summary>Manages sites; does not delete, invite or buy.</summary>
    Member,

    Owner,

    /// <summary>Sees what the client has and changes nothing.</summary>
    ReadOnly,
}
