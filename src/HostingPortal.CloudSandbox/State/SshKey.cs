namespace HostingPortal.CloudSandbox.State;

internal sealed class SshKey : ILabelled
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    /// <summary>MD5 of the key blob as <c>aa:bb:…</c>.</summary>
    public required string Fingerprint { get; init; }

    public required string PublicKey { get; init; }

    public required DateTimeOffset Created { get; init; }

    public Dictionary<string, string> Labels { get; set; } = [];
}
