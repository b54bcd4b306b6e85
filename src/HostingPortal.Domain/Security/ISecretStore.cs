namespace HostingPortal.Domain.Security;

/// <summary>
/// Seals secrets with AES-256-GCM under a key file outside the database. Owner, kind and id are associated data:
/// a ciphertext moved to another row does not open.
/// </summary>
public interface ISecretStore
{
    StoredSecret Seal(string ownerId, string kind, Secret value);

    /// <exception cref="SecretUnreadableException">The key is missing or the row was altered.</exception>
    Secret Open(StoredSecret stored);
}

public sealed class SecretUnreadableException(string message) : Exception(message);
