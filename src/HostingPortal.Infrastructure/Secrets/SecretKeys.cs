namespace HostingPortal.Infrastructure.Secrets;

/// <summary>256 bit keys by version. The newest seals, all open.</summary>
internal sealed class SecretKeys(IReadOnlyDictionary<int, byte[]> keys)
{
    public const int KeyBytes = 32;

    public int Newest { get; } = keys.Keys.Max();

    public byte[]? Find(int version) => keys.GetValueOrDefault(version);
}
