namespace HostingPortal.Domain.Security;

/// <summary>Makes Ed25519 key pairs in OpenSSH format.</summary>
public interface IKeyGenerator
{
    Task<SshKeyPair> CreateSshKeyAsync(string comment, CancellationToken ct);
}

/// <param name="PublicKey">One line, e.g. <c>ssh-ed25519 AAAA… comment</c>.</param>
public sealed record SshKeyPair(string PublicKey, Secret PrivateKey);
