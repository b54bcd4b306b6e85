using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Security;

namespace HostingPortal.Infrastructure.Secrets;

/// <summary>
/// Whole files in the format ansible-vault 1.1: a header, then hex of three hex lines (salt, HMAC, ciphertext), 80 characters a line.
/// <code>
/// $ANSIBLE_VAULT;1.1;AES256
/// 6261…
/// </code>
/// PBKDF2-SHA256 with 10,000 rounds gives cipher key, HMAC key and counter; AES-256-CTR over PKCS#7 padded text; HMAC over the ciphertext.
/// Source: https://docs.ansible.com/ansible/latest/vault_guide/vault_using_encrypted_content.html#ansible-vault-payload-format-1-1-1-2
/// </summary>
internal static class AnsibleVault
{
    private const string Header = "$ANSIBLE_VAULT;1.1;AES256";
    private const int LineLength = 80;

    public static bool IsVault(string text) => text.StartsWith("$ANSIBLE_VAULT;", StringComparison.Ordinal);

    public static string Encrypt(string clear, Secret password)
    {
        var salt = RandomNumberGenerator.GetBytes(32);
        var keys = VaultKeys.Derive(password, salt);
        var ciphertext = keys.Apply(Pad(Encoding.UTF8.GetBytes(clear)));
        var body = $"{Hex(salt)}\n{Hex(keys.Authenticate(ciphertext))}\n{Hex(ciphertext)}";
        var outer = Hex(Encoding.ASCII.GetBytes(body));
        return $"{Header}\n{string.Join('\n', outer.Chunk(LineLength).Select(line => new string(line)))}\n";
    }

    /// <exception cref="CryptographicException">Not a vault file of this format, altered, or another password.</exception>
    public static string Decrypt(string vault, Secret password)
    {
        var lines = vault.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length < 2 || lines[0] != Header)
        {
            throw new CryptographicException("Not an ansible-vault 1.1 AES256 file.");
        }

        var parts = Encoding.ASCII.GetString(Bytes(string.Concat(lines[1..]))).Split('\n');
        if (parts.Length != 3)
        {
            throw new CryptographicException("The vault file is damaged.");
        }

        var ciphertext = Bytes(parts[2]);
        var keys = VaultKeys.Derive(password, Bytes(parts[0]));
        if (!CryptographicOperations.FixedTimeEquals(keys.Authenticate(ciphertext), Bytes(parts[1])))
        {
            throw new CryptographicException("The vault file was altered or has another password.");
        }

        return Encoding.UTF8.GetString(Unpad(keys.Apply(ciphertext)));
    }

    private static byte[] Pad(byte[] clear)
    {
        var padding = 16 - (clear.Length % 16);
        return [.. clear, .. Enumerable.Repeat((byte)padding, padding)];
    }

    private static byte[] Unpad(byte[] padded) => padded.Length > 0 && padded[^1] is >= 1 and <= 16 && padded[^1] <= padded.Length
        ? padded[..^padded[^1]]
        : throw new CryptographicException("The vault file is damaged.");

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Bytes(string hex)
    {
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException e)
        {
            throw new CryptographicException("The vault file is damaged.", e);
        }
    }
}
