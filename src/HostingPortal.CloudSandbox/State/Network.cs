namespace HostingPortal.CloudSandbox.State;

internal sealed class Network : ILabelled
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required string IpRange { get; set; }

    public Dictionary<string, string> Labels { get; set; } = [];

    public List<Subnet> Subnets { get; init; } = [];

    public List<NetworkRoute> Routes { get; init; } = [];

    public bool DeleteProtected { get; set; }

    public bool ExposeRoutesToVswitch { get; set; }
}

internal sealed record Subnet(string Type, string IpRange, string NetworkZone, long? VswitchId);

internal sealed record NetworkRoute(string Destination, string Gateway);
