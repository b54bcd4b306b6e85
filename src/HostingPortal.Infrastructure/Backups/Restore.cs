using HostingPortal.Domain;
using HostingPortal.Infrastructure.Persistence.Schema;
using HostingPortal.Infrastructure.Secrets;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Backups;

/// <summary>Puts a backup in place. Everything that can be checked is checked before anything is written.</summary>
internal sealed class Restore(
    BackupDatabase database, DatabaseBackup dumps, InventoryBundles inventories, SecretKeyring keys, SecretCheck secrets, IOptions<PortalOptions> portal)
{
    public async Task RunAsync(RestoreOrder order, Action<string> line, CancellationToken ct)
    {
        using var parts = new PrivateFolder();
        var manifest = await BackupArchive.UnpackAsync(order.Archive, parts.Location, ct);
        line($"backup of {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC, portal {manifest.Version}, schema {manifest.Schema}, {manifest.Inventories.Count} inventories: whole and undamaged");
        var key = FindKey(order, manifest, parts);
        if (manifest.Instance != portal.Value.Instance)
        {
            throw new BackupException(
                $"The backup is of the instance '{manifest.Instance}', this portal is '{portal.Value.Instance}': it would not recognise its servers at Hetzner. Set Portal__Instance={manifest.Instance} first.");
        }

        await database.OpenAsync(alone: true, ct);
        if (!database.Knows(manifest.Schema))
        {
            throw new BackupException($"The backup was made by a newer portal (schema {manifest.Schema}). Install that version or a later one first.");
        }

        var before = (await database.TablesAsync(ct)).Count > 0 ? await database.CountAsync("SELECT (SELECT COUNT(*) FROM AspNetUsers) + (SELECT COUNT(*) FROM projects)", ct) : 0;
        if (before > 0 && !order.Replace)
        {
            throw new BackupException($"The database is in use: it holds {before} users and projects. Repeat with --replace to overwrite it; a dump of it is made first.");
        }

        if (order.CheckOnly)
        {
            line("nothing stands in the way; nothing was changed");
            return;
        }

        await WriteAsync(manifest, parts, key, before > 0, line, ct);
    }

    /// <returns>A key file to put in place, or null where the one in place fits.</returns>
    private string? FindKey(RestoreOrder order, BackupManifest manifest, PrivateFolder parts)
    {
        var offered = order.KeyFile ?? (manifest.HoldsKey ? parts.File(BackupManifest.KeyFile) : null);
        if (offered is not null && !KeyFingerprints.Opens(offered, manifest))
        {
            throw new BackupException($"The key file {offered} does not open this backup: it lacks {string.Join(", ", manifest.Keys.Except(KeyFingerprints.Of(offered)))}.");
        }

        if (KeyFingerprints.Opens(keys.Location, manifest))
        {
            return null;
        }

        return offered ?? throw new BackupException(
            File.Exists(keys.Location)
                ? $"The key file in place, {keys.Location}, does not open this backup. Give the one that does with --key FILE."
                : $"There is no key file at {keys.Location}. Give the one that belongs to this backup with --key FILE: without it no secret in it can be opened.");
    }

    private async Task WriteAsync(BackupManifest manifest, PrivateFolder parts, string? key, bool dumpFirst, Action<string> line, CancellationToken ct)
    {
        if (dumpFirst)
        {
            line($"dump of the database as it was: {await dumps.CreateAsync("before-restore", ct)}");
        }

        if (key is not null)
        {
            line(keys.Place(key) is { } old ? $"key file put in place; the one before is {old}" : "key file put in place");
        }

        await database.ReplaceAsync(parts.File(BackupManifest.DumpFile), ct);
        await secrets.RunAsync(ct);
        line($"database: {await database.CountAsync("SELECT COUNT(*) FROM clients", ct)} clients, {await database.CountAsync("SELECT COUNT(*) FROM nodes WHERE State <> 'Removed'", ct)} nodes, "
            + $"{await database.CountAsync("SELECT COUNT(*) FROM sites WHERE Removed = 0", ct)} sites; its secrets open");
        foreach (var (project, head) in manifest.Inventories)
        {
            try
            {
                line($"inventory {project} at {head[..8]}: {await inventories.LoadAsync(project, parts.File(BackupManifest.BundleFile(project)), ct)}");
            }
            catch (Exception e) when (e is OutsideException or OptionsValidationException)
            {
                line($"inventory {project}: not restored ({(e as OutsideException)?.Code ?? e.Message}). Its next run renders it again; the history stays in the archive.");
            }
        }
    }
}

/// <param name="KeyFile">The key file, where it is neither in place nor in the archive.</param>
/// <param name="Replace">Overwrite a database that is in use.</param>
internal sealed record RestoreOrder(string Archive, string? KeyFile, bool Replace, bool CheckOnly);
