namespace HostingPortal.CloudSandbox.State;

internal sealed class Firewall : ILabelled
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset Created { get; init; }

    public Dictionary<string, string> Labels { get; set; } = [];

    public List<FirewallRule> Rules { get; set; } = [];

    public List<long> ServerIds { get; init; } = [];

    public List<string> Selectors { get; init; } = [];
}

/// <summary>One rule as the API shows it; field order and names are those of the API.</summary>
internal sealed record FirewallRule(
    string? Description, string Direction, IReadOnlyList<string> SourceIps, IReadOnlyList<string> DestinationIps, string Protocol, string? Port);
