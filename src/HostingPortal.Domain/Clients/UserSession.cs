namespace HostingPortal.Domain.Clients;

/// <summary>One sign-in of a person in one browser. The cookie names it; without its row the cookie opens nothing.</summary>
public sealed class UserSession
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public PortalUser? User { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Exact to five minutes.</summary>
    public required DateTime LastSeenAt { get; set; }

    /// <summary>Address the sign-in came from, without scope.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>What the browser calls itself, e.g. <c>Firefox on Linux</c>.</summary>
    public required string Device { get; init; }

    /// <summary>True when more than a password was shown: a code, a recovery code or a passkey.</summary>
    public required bool Strong { get; set; }

    /// <summary>The client an admin acts for in this browser; null: for nobody.</summary>
    public string? ActingForId { get; set; }

    public Client? ActingFor { get; init; }
}
