using System.Formats.Tar;

namespace HostingPortal.Infrastructure.Backups;

/// <summary>A backup as one tar file (its parts are packed already), and the check of one that came back.</summary>
internal static class BackupArchive
{
    /// <summary>Appears whole under its name or not at all; readable by its owner alone.</summary>
    public static async Task PackAsync(string folder, string file, CancellationToken ct)
    {
        var part = $"{file}.part";
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        await using (var stream = new FileStream(part, create))
        {
            await TarFile.CreateFromDirectoryAsync(folder, stream, includeBaseDirectory: false, ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: false);
    }

    /// <summary>Unpacks into an empty private folder and holds every file against the manifest.</summary>
    /// <exception cref="BackupException">It is not whole; the message names the first file that is not what it should be.</exception>
    public static async Task<BackupManifest> UnpackAsync(string file, string folder, CancellationToken ct)
    {
        try
        {
            await TarFile.ExtractToDirectoryAsync(file, folder, overwriteFiles: false, ct);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or FormatException)
        {
            throw new BackupException($"{file} cannot be read as a backup: {e.Message}");
        }

        var manifest = await BackupManifest.ReadAsync(folder, ct);
        foreach (var (name, hash) in manifest.Files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, name));
            if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
            {
                throw new BackupException($"The backup is not whole: {name} is missing.");
            }

            if (await BackupManifest.HashAsync(path, ct) != hash)
            {
                throw new BackupException($"The backup is damaged: {name} is not what the manifest says.");
            }
        }

        return manifest;
    }
}
