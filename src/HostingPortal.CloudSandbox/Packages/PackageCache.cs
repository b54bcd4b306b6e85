using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace HostingPortal.CloudSandbox.Packages;

/// <summary>Files by the hash of their address. Several processes may share the folder: a file appears whole or not at all.</summary>
internal sealed class PackageCache(string folder)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _running = [];

    /// <summary>True for names that stand for one content for ever: package files carry their version, by-hash files their checksum.</summary>
    public static bool IsImmutable(Uri uri) =>
        uri.AbsolutePath.EndsWith(".deb", StringComparison.Ordinal) || uri.AbsolutePath.Contains("/by-hash/", StringComparison.Ordinal);

    /// <summary>Path of the file, fetched first where it is missing; callers that want the same file at once share one download.</summary>
    /// <param name="uri">Address at the mirror.</param>
    /// <param name="fetch">Downloads the address into a file.</param>
    public async Task<string> GetAsync(Uri uri, Func<Uri, string, Task> fetch)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri.AbsoluteUri)));
        var path = Path.Combine(folder, name[..2], name);
        if (File.Exists(path))
        {
            return path;
        }

        var download = _running.GetOrAdd(path, _ => new Lazy<Task>(() => DownloadAsync(uri, path, fetch)));
        try
        {
            await download.Value;
            return path;
        }
        finally
        {
            _running.TryRemove(KeyValuePair.Create(path, download));
        }
    }

    private static async Task DownloadAsync(Uri uri, string path, Func<Uri, string, Task> fetch)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await fetch(uri, part);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
