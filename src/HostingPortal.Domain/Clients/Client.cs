namespace HostingPortal.Domain.Clients;

/// <summary>A customer: owns projects, names and people.</summary>
public sealed class Client
{
    public const int NameLength = 80;
    public const int ReasonLength = 300;

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Most projects, nodes and sites the client may have; null: no limit.</summary>
    public int? MaxProjects { get; set; }

    public int? MaxNodes { get; set; }

    public int? MaxSites { get; set; }

    /// <summary>Most all nodes may cost in a month, net; null: no limit.</summary>
    public decimal? MaxMonthly { get; set; }

    /// <summary>Since when the client's people may look but change nothing; null: they may.</summary>
    public DateTime? SuspendedAt { get; set; }

    /// <summary>Shown to the client's people.</summary>
    public string? SuspendReason { get; set; }

    /// <summary>While suspended: whether visitors still get the sites.</summary>
    public bool SitesServe { get; set; } = true;

    public List<Membership> Memberships { get; } = [];
}
