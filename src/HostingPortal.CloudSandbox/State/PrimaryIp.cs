namespace HostingPortal.CloudSandbox.State;

internal sealed class PrimaryIp : ILabelled
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset Created { get; init; }

    /// <summary><c>ipv4</c> or <c>ipv6</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>198.18.3.10</c>, or a network as <c>2001:db8:3:1::/64</c>.</summary>
    public required string Ip { get; init; }

    public required string Location { get; init; }

    public Dictionary<string, string> Labels { get; set; } = [];

    public bool AutoDelete { get; set; }

    public bool DeleteProtected { get; set; }

    public long? AssigneeId { get; set; }

    /// <summary>Reverse names by address.</summary>
    public Dictionary<string, string> ReverseNames { get; init; } = [];
}
