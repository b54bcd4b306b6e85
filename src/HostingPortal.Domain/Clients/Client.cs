namespace HostingPortal.Domain.Clients;

/// <summary>A customer: owns projects, names and people.</summary>
public sealed class Client
{
    public const int NameLength = 80;

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required DateTime CreatedAt { get; init; }

    public List<Membership> Memberships { get; } = [];
}
