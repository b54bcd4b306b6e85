namespace HostingPortal.Domain.Certificates;

/// <summary>A certificate a node orders for the names of one site. The key never leaves the node.</summary>
public sealed class Certificate
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string NodeId { get; init; }

    public required CertificateState State { get; set; }

    public DateTime? NotAfter { get; set; }

    /// <summary>What the last try said when it failed.</summary>
    public string? LastError { get; set; }

    public DateTime? LastTriedAt { get; set; }

    /// <summary>When the portal last asked the site which certificate it shows; it does so once the end is near.</summary>
    public DateTime? CheckedAt { get; set; }

    /// <summary>The end that people were told of.</summary>
    public DateTime? ToldEnd { get; set; }

    public bool Removed { get; set; }
}

public enum CertificateState
{
    Ordered,
    Valid,
    Failing,
}
