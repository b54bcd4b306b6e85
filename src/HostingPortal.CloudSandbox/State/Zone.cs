namespace HostingPortal.CloudSandbox.State;

internal sealed class Zone : ILabelled
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary><c>primary</c> or <c>secondary</c>.</summary>
    public required string Mode { get; init; }

    public int Ttl { get; set; } = 3600;

    public Dictionary<string, string> Labels { get; set; } = [];

    public bool DeleteProtected { get; set; }

    public List<PrimaryNameserver> PrimaryNameservers { get; set; } = [];

    public List<RecordSet> RecordSets { get; init; } = [];

    public RecordSet? Find(string name, string type) => RecordSets.FirstOrDefault(set => set.Name == name && set.Type == type);
}

internal sealed record PrimaryNameserver(string Address, int Port, string? TsigKey, string? TsigAlgorithm);

/// <summary>All records of one name and type; <see cref="Name"/> is relative to the zone, the apex is <c>@</c>.</summary>
internal sealed class RecordSet
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>Null takes the zone's default.</summary>
    public int? Ttl { get; set; }

    public Dictionary<string, string> Labels { get; set; } = [];

    public bool ChangeProtected { get; set; }

    public List<RecordValue> Records { get; set; } = [];

    public DateTimeOffset Created { get; init; }

    public string Id => $"{Name}/{Type}";
}

internal sealed record RecordValue(string Value, string? Comment);
