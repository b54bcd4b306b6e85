namespace HostingPortal.Domain.Clients;

/// <summary>A bearer token for the REST API. Only its SHA-256 is kept.</summary>
public sealed class ApiToken
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public PortalUser? User { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? LastUsedAt { get; set; }
}
