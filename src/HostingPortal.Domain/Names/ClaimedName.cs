namespace HostingPortal.Domain.Names;

/// <summary>A domain name a client uses. Once in the whole system; usable only after its zone was allotted or a TXT proof passed.</summary>
public sealed class ClaimedName
{
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Lower case, punycode, no trailing dot; see <see cref="DnsName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The allotted zone that covers the name, or null where a TXT proof is asked for.</summary>
    public string? ZoneAllotmentId { get; set; }

    public ZoneAllotment? Zone { get; set; }

    /// <summary>What the TXT record <c>_portal-challenge.{name}</c> must hold.</summary>
    public required string ProofToken { get; init; }

    public DateTime? VerifiedAt { get; set; }

    public required DateTime CreatedAt { get; init; }

    public string ProofRecord => $"_portal-challenge.{Name}";
}
