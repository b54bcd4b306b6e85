using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Domain.Clients;

/// <summary>A person who signs in. What a person may do follows from <see cref="Role"/> and, for clients, from memberships.</summary>
public sealed class PortalUser : IdentityUser
{
    public PortalRole Role { get; set; }

    /// <summary>The name shown to others, e.g. in runs and the audit log.</summary>
    public required string DisplayName { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>Time step (30 s since 1970) of the last accepted code: no code is accepted twice.</summary>
    public long? LastCodeStep { get; set; }

    public List<Membership> Memberships { get; } = [];
}

public enum PortalRole
{
    /// <summary>Sees only the clients it is a member of.</summary>
    Client,

    /// <summary>Reads everything but secrets; may cancel and retry runs.</summary>
    Support,

    Admin,
}
