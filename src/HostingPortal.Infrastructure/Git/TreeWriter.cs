using System.Security.Cryptography;
using System.Text.RegularExpressions;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Secrets;

namespace HostingPortal.Infrastructure.Git;

/// <summary>Makes a folder hold exactly the files of a tree.</summary>
internal sealed partial class TreeWriter(string root, Secret vaultPassword)
{
    private const UnixFileMode Mode = (UnixFileMode)0b110_100_100;

    public void Write(InventoryTree tree)
    {
        foreach (var (path, text) in tree.Files)
        {
            WriteFile(path, text);
        }

        foreach (var (path, clear) in tree.VaultFiles)
        {
            if (!HoldsAlready(path, clear))
            {
                WriteFile(path, AnsibleVault.Encrypt(clear.Reveal(), vaultPassword));
            }
        }

        RemoveAllBut(tree.Files.Keys.Concat(tree.VaultFiles.Keys).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Encrypting gives other bytes each time: a vault file whose clear text is the same stays as it is.</summary>
    private bool HoldsAlready(string path, Secret clear)
    {
        var file = Place(path);
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            return AnsibleVault.Decrypt(File.ReadAllText(file), vaultPassword) == clear.Reveal();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private void WriteFile(string path, string text)
    {
        var file = Place(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.new";
        File.WriteAllText(draft, text);
        File.SetUnixFileMode(draft, Mode);
        File.Move(draft, file, overwrite: true);
    }

    private void RemoveAllBut(HashSet<string> wanted)
    {
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file);
            if (!path.StartsWith(".git/", StringComparison.Ordinal) && !wanted.Contains(path))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Paths come from code, but a wrong one must not leave the folder.</summary>
    private string Place(string path) => Allowed().IsMatch(path) && !path.Contains("..", StringComparison.Ordinal)
        ? Path.Combine(root, path)
        : throw new ArgumentException($"'{path}' is no path of an inventory.", nameof(path));

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\.(yml|json)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Allowed();
}
