namespace HostingPortal.CloudSandbox.State;

internal sealed class Server : ILabelled
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    public required DateTimeOffset Created { get; init; }

    public required string ServerType { get; set; }

    public required string Location { get; init; }

    public required string Image { get; set; }

    /// <summary>One of the statuses of the API, see <see cref="ServerStatus"/>.</summary>
    public string Status { get; set; } = ServerStatus.Initializing;

    public Dictionary<string, string> Labels { get; set; } = [];

    public string? UserData { get; set; }

    public string? RootPassword { get; set; }

    /// <summary>The key texts as they were at order time: deleting a key later does not change the server.</summary>
    public List<string> SshPublicKeys { get; init; } = [];

    public List<Attachment> Networks { get; init; } = [];

    public int DiskGigabytes { get; set; }

    public bool DeleteProtected { get; set; }

    public bool RebuildProtected { get; set; }

    public string? BackupWindow { get; set; }
}

/// <summary>A server's place in a private network.</summary>
internal sealed class Attachment
{
    public required long NetworkId { get; init; }

    public required string Ip { get; init; }

    public required string MacAddress { get; init; }

    public List<string> AliasIps { get; set; } = [];
}
