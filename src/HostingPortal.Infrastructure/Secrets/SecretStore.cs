using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Secrets;

internal sealed class SecretStore(SecretKeyring ring, TimeProvider time) : ISecretStore
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public StoredSecret Seal(string ownerId, string kind, Secret value)
    {
        var keys = ring.Keys;
        var id = Ids.New("sec", time);
        var clear = Encoding.UTF8.GetBytes(value.Reveal());
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var sealedBytes = new byte[clear.Length + TagBytes];
        using var cipher = new AesGcm(keys.Find(keys.Newest)!, TagBytes);
        cipher.Encrypt(nonce, clear, sealedBytes.AsSpan(0, clear.Length), sealedBytes.AsSpan(clear.Length), Bind(ownerId, kind, id));
        CryptographicOperations.ZeroMemory(clear);
        return new StoredSecret { Id = id, OwnerId = ownerId, Kind = kind, KeyVersion = keys.Newest, Nonce = nonce, Ciphertext = sealedBytes };
    }

    public Secret Open(StoredSecret stored)
    {
        var key = ring.Keys.Find(stored.KeyVersion) ?? throw Unreadable(stored, $"key version {stored.KeyVersion} is not in the key file");
        if (stored.Nonce.Length != NonceBytes || stored.Ciphertext.Length < TagBytes)
        {
            throw Unreadable(stored, "the row is damaged");
        }

        var length = stored.Ciphertext.Length - TagBytes;
        var clear = new byte[length];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            var associated = Bind(stored.OwnerId, stored.Kind, stored.Id);
            cipher.Decrypt(stored.Nonce, stored.Ciphertext.AsSpan(0, length), stored.Ciphertext.AsSpan(length), clear, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Unreadable(stored, "the row was altered or sealed under another key");
        }

        return new Secret(Encoding.UTF8.GetString(clear));
    }

    /// <summary>Lengths come first, so that no two different triples give the same bytes.</summary>
    private static byte[] Bind(string owner, string kind, string id) => Encoding.UTF8.GetBytes($"{owner.Length}:{owner}|{kind.Length}:{kind}|{id}");

    private static SecretUnreadableException Unreadable(StoredSecret stored, string why) =>
        new($"Secret {stored.Id} ({stored.Kind}) cannot be opened: {why}.");
}
