namespace HostingPortal.Domain.Names;

/// <summary>Gives a DNS zone of an account to one client: every name in it counts as verified for that client.</summary>
public sealed class ZoneAllotment
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Zone name, lower case, punycode, no trailing dot.</summary>
    public required string Zone { get; init; }

    public required DateTime CreatedAt { get; init; }
}
