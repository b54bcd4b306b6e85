using System.Security.Cryptography;
using System.Text;

namespace HostingPortal.Infrastructure.Backups;

/// <summary>Tells key files apart without telling their keys, which are 256 random bits.</summary>
internal static class KeyFingerprints
{
    /// <returns>One per key of the file, e.g. <c>1:9f86d081884c7d65</c>; empty when there is no file.</returns>
    public static IReadOnlyList<string> Of(string keyFile) => !File.Exists(keyFile) ? [] : File.ReadLines(keyFile)
        .Where(l => l.Length > 0 && l[0] != '#')
        .Select(l => $"{l.Split(' ')[0]}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(l.Trim())))[..16]}").ToList();

    public static bool Opens(string keyFile, BackupManifest manifest) => !manifest.Keys.Except(Of(keyFile)).Any();
}
