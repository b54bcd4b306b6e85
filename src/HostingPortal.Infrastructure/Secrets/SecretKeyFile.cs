using System.Security.Cryptography;

namespace HostingPortal.Infrastructure.Secrets;

/// <summary>
/// The key file: one line per version, readable by the portal alone. A lost file means lost secrets, so it is only ever made; one that is replaced by hand stays beside the new one.
/// Sample: <c>1 q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=</c>.
/// </summary>
internal sealed class SecretKeyFile(string path)
{
    public string Location => path;

    public bool Exists => File.Exists(path);

    /// <exception cref="InvalidDataException">A line is not a version and a base64 key of 32 bytes.</exception>
    public SecretKeys Read()
    {
        var keys = new Dictionary<int, byte[]>();
        foreach (var line in File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split(' ', 2);
            var key = new byte[SecretKeys.KeyBytes];
            if (parts.Length != 2
                || !int.TryParse(parts[0], out var version)
                || !Convert.TryFromBase64String(parts[1].Trim(), key, out var written)
                || written != SecretKeys.KeyBytes
                || !keys.TryAdd(version, key))
            {
                throw new InvalidDataException($"The key file {path} is damaged: every line must be a version and a base64 key of 32 bytes.");
            }
        }

        return keys.Count > 0 ? new SecretKeys(keys) : throw new InvalidDataException($"The key file {path} holds no key.");
    }

    /// <summary>Takes another file's keys; a file that was there stays beside it under a new name.</summary>
    /// <returns>That name, or null.</returns>
    public string? Replace(string source)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(source, draft);
        File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var old = Exists ? $"{draft}.before" : null;
        if (old is not null)
        {
            File.Move(path, old);
        }

        File.Move(draft, path);
        return old;
    }

    public SecretKeys Create()
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = new FileStream(draft, options))
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine($"1 {Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKeys.KeyBytes))}");
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another instance that starts now was quicker: its key counts.
            File.Delete(draft);
        }

        return Read();
    }
}
