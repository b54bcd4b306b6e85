using System.Globalization;
using HostingPortal.Domain;
using HostingPortal.Infrastructure.Persistence.Schema;
using HostingPortal.Infrastructure.Secrets;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Backups;

/// <summary>Makes one archive of database and inventories while the portal works on. The key file goes in only when asked for.</summary>
internal sealed class BackupWriter(
    BackupDatabase database, DatabaseBackup dumps, InventoryBundles inventories, SecretKeyring keys, IOptions<PortalOptions> portal, TimeProvider time)
{
    /// <param name="folder">Where the archive shall lie.</param>
    /// <param name="withKey">Puts the key file into the archive: whoever has it then has every secret.</param>
    /// <param name="line">Told what happens.</param>
    /// <param name="ct">Stops; nothing is left under the archive's name.</param>
    /// <returns>The archive.</returns>
    public async Task<string> WriteAsync(string folder, bool withKey, Action<string> line, CancellationToken ct)
    {
        await database.OpenAsync(alone: false, ct);
        var schema = await database.SchemaAsync(ct);
        if (schema.Length == 0)
        {
            throw new BackupException("The database holds no portal yet: there is nothing to back up.");
        }

        using var parts = new PrivateFolder();
        await dumps.DumpAsync(parts.File(BackupManifest.DumpFile), ct);
        line($"database, schema {schema}, {new FileInfo(parts.File(BackupManifest.DumpFile)).Length / 1024} KiB");

        // Bundles come after the dump: an inventory that is ahead of it by a commit is only a rendering.
        var heads = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var project in await database.ListAsync("SELECT Id FROM projects WHERE InventoryCommit IS NOT NULL ORDER BY Id", ct))
        {
            if (await inventories.SaveAsync(project, parts.File(BackupManifest.BundleFile(project)), ct) is { } head)
            {
                heads[project] = head;
            }
        }

        line($"{heads.Count} inventories");
        if (withKey)
        {
            File.Copy(keys.Location, parts.File(BackupManifest.KeyFile));
        }

        return await PackAsync(folder, parts.Location, schema, heads, withKey, ct);
    }

    private async Task<string> PackAsync(string folder, string parts, string schema, SortedDictionary<string, string> heads, bool withKey, CancellationToken ct)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(parts, "*", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(parts, file)] = await BackupManifest.HashAsync(file, ct);
        }

        var now = time.GetUtcNow();
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat, now, BackupManifest.ProgramVersion, portal.Value.Instance, schema, KeyFingerprints.Of(keys.Location), files, heads, withKey);
        await manifest.WriteAsync(parts, ct);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var archive = Path.Combine(folder, $"hostingportal-{portal.Value.Instance}-{now.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}.tar");
        await BackupArchive.PackAsync(parts, archive, ct);
        return archive;
    }
}
