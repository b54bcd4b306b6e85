namespace HostingPortal.CloudSandbox.State;

/// <summary>Everything the simulator knows; what a snapshot holds. Only read or changed while <see cref="WorldStore"/> holds its lock.</summary>
internal sealed class World
{
    public long LastId { get; set; } = 1000;

    public int NextIpv4Host { get; set; } = 10;

    public int NextIpv6Net { get; set; } = 1;

    /// <summary>Hetzner projects by the SHA-256 of their token; the tokens themselves are never kept.</summary>
    public Dictionary<string, Project> Projects { get; init; } = [];

    /// <summary>Sold-out and restocked types, key <c>cx23/fsn1</c>; what is not named here is as in the catalogue.</summary>
    public Dictionary<string, bool> Availability { get; init; } = [];

    /// <summary>Monthly net prices changed by a test, key <c>cx23/fsn1</c>.</summary>
    public Dictionary<string, decimal> MonthlyPrices { get; init; } = [];

    public long NewId() => ++LastId;
}
