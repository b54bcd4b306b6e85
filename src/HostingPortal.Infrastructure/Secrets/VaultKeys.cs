using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Secrets;

/// <summary>What ansible-vault derives from password and salt: 32 bytes cipher key, 32 bytes HMAC key, 16 bytes first counter.</summary>
internal sealed class VaultKeys
{
    private const int Rounds = 10_000;
    private const int BlockBytes = 16;

    private readonly byte[] derived;

    private VaultKeys(byte[] derived) => this.derived = derived;

    public static VaultKeys Derive(Secret password, byte[] salt) =>
        new(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password.Reveal()), salt, Rounds, HashAlgorithmName.SHA256, 80));

    public byte[] Authenticate(byte[] ciphertext) => HMACSHA256.HashData(derived.AsSpan(32, 32), ciphertext);

    /// <summary>AES in counter mode: the same operation encrypts and decrypts. The counter is one big-endian 128 bit number.</summary>
    public byte[] Apply(byte[] data)
    {
        using var aes = Aes.Create();
        aes.Key = derived[..32];
        var counter = BinaryPrimitives.ReadUInt128BigEndian(derived.AsSpan(64, BlockBytes));
        var blocks = (data.Length + BlockBytes - 1) / BlockBytes;
        var counters = new byte[blocks * BlockBytes];
        for (var i = 0; i < blocks; i++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(counters.AsSpan(i * BlockBytes), unchecked(counter + (UInt128)i));
        }

        var stream = aes.EncryptEcb(counters, PaddingMode.None);
        var result = new byte[data.Length];
        for (var i = 0; i < data.Length; i++)
        {
            result[i] = (byte)(data[i] ^ stream[i]);
        }

        return result;
    }
}
