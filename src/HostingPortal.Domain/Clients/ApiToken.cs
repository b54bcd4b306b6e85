namespace HostingPortal.Domain.Clients;

/// <summary>A bearer token for the REST API. Only its SHA-256 is kept.</summary>
public sealed class ApiToken
{
    public const int NameLength = 80;

    public required string Id { get; init; }

    public required string UserId { get; init; }

    public PortalUser? User { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; init; }

    public TokenScope Scope { get; init; } = TokenScope.Write;

    /// <summary>The only client it opens; null: all the person may see.</summary>
    public string? ClientId { get; init; }

    public Client? Client { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    /// <summary>Exact to five minutes.</summary>
    public DateTime? LastUsedAt { get; set; }
}

public enum TokenScope
{
    Read,

    /// <summary>Whatever the person itself may do.</summary>
    Write,
}
