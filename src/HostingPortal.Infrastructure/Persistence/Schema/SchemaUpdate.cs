using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Infrastructure.Persistence.Schema;

/// <summary>Brings the schema to this version of the portal: one instance at a time, after a backup, never backwards.</summary>
internal sealed class SchemaUpdate(
    IDbContextFactory<PortalDbContext> contexts,
    Database database,
    DatabaseBackup backup,
    ILogger<SchemaUpdate> logger)
{
    /// <exception cref="InvalidOperationException">The schema is newer than this portal, or the lock was not free in time.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var turn = await ServerLock.TakeAsync(database.ConnectionString, "hosting-portal-schema", TimeSpan.FromMinutes(5), ct);
        await using var context = await contexts.CreateDbContextAsync(ct);
        var applied = (await context.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var known = context.Database.GetMigrations().ToList();
        if (applied.Except(known).FirstOrDefault() is { } stranger)
        {
            throw new InvalidOperationException(
                $"The database was last used by a newer portal (schema {stranger}). Start that version, or restore the backup made before it.");
        }

        var pending = known.Except(applied).ToList();
        if (pending.Count == 0)
        {
            return;
        }

        if (applied.Count > 0)
        {
            var file = await backup.CreateAsync($"before-{pending[^1]}", ct);
            logger.LogInformation("Backup before the schema update: {File}", file);
        }

        await context.Database.MigrateAsync(ct);
        logger.LogInformation("Schema updated to {Migration}", pending[^1]);
    }
}
