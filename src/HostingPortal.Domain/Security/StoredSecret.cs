namespace HostingPortal.Domain.Security;

/// <summary>A sealed secret. <see cref="Nonce"/> is 12 bytes; <see cref="Ciphertext"/> ends with the 16 byte tag.</summary>
public sealed class StoredSecret
{
    public required string Id { get; init; }

    public required string OwnerId { get; init; }

    /// <summary>What it is for, e.g. <c>hetzner-token</c>, <c>ssh-private-key</c>.</summary>
    public required string Kind { get; init; }

    public required int KeyVersion { get; init; }

    public required byte[] Nonce { get; init; }

    public required byte[] Ciphertext { get; init; }
}
