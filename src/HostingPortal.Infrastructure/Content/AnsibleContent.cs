using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Content;

/// <summary>The Ansible content this portal ships. Its version names its bytes: the collection's version and a hash over all files.</summary>
internal sealed class AnsibleContent
{
    public AnsibleContent(IOptions<ContentOptions> options)
    {
        Folder = Path.GetFullPath(options.Value.Folder, AppContext.BaseDirectory);
        Version = ReadVersion();
    }

    public string Folder { get; }

    /// <summary>E.g. <c>1.0.0-3f9a01c2</c>.</summary>
    public string Version { get; }

    /// <summary>Files that go to executors, relative, in order; tests and caches stay here.</summary>
    public IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f))
            .Where(f => !f.StartsWith("tests" + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !f.Contains("__pycache__", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private string ReadVersion()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, file))));
        }

        var galaxy = File.ReadLines(Path.Combine(Folder, "galaxy.yml")).First(l => l.StartsWith("version:", StringComparison.Ordinal));
        return $"{galaxy["version:".Length..].Trim().Trim('"')}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..8]}";
    }
}
