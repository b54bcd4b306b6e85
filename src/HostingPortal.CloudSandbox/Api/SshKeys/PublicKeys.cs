using System.Security.Cryptography;

namespace HostingPortal.CloudSandbox.Api.SshKeys;

/// <summary>OpenSSH public key lines, e.g. <c>ssh-ed25519 AAAAC3Nza… comment</c>.</summary>
internal static class PublicKeys
{
    private static readonly string[] Types =
    [
        "ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    /// <summary>MD5 of the key as <c>b7:2f:…</c> (what the API identifies keys by), or null when the line is no key.</summary>
    public static string? Fingerprint(string line)
    {
        var parts = line.Trim().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || !Types.Contains(parts[0]))
        {
            return null;
        }

        var blob = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], blob, out var length) || length < 32)
        {
            return null;
        }

#pragma warning disable CA5351 // The API's fingerprint is MD5; nothing is secured with it here.
        var digits = Convert.ToHexStringLower(MD5.HashData(blob.AsSpan(0, length)));
        return string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
#pragma warning restore CA5351
    }
}
