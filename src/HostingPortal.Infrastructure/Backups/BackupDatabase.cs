using System.IO.Compression;
using CliWrap;
using HostingPortal.Domain.Persistence;
using HostingPortal.Infrastructure.Persistence;
using HostingPortal.Infrastructure.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace HostingPortal.Infrastructure.Backups;

/// <summary>The portal's database without a portal: attached to while one runs, started for the occasion where it is the private one and nobody runs it.</summary>
internal sealed class BackupDatabase(
    Database database, PrivateDatabase own, IDbContextFactory<PortalDbContext> contexts, IOptions<DatabaseOptions> options, TimeProvider time) : IAsyncDisposable
{
    private const int LooksForOthers = 10;
    private bool started;

    /// <param name="alone">True refuses while a portal uses the database.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task OpenAsync(bool alone, CancellationToken ct)
    {
        var connectionString = options.Value.ConnectionString;
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            connectionString = alone ? null : await own.FindRunningAsync(ct);
            started = connectionString is null;
            connectionString ??= await own.StartAsync(ct);
        }

        await database.OpenAsync(connectionString, options.Value.StartTimeout, ct);
        if (alone)
        {
            await RequireAloneAsync(ct);
        }
    }

    private async Task RequireAloneAsync(CancellationToken ct)
    {
        // What this process had open itself is closed; the server takes a moment to see it.
        MySqlConnection.ClearAllPools();
        for (var look = 1; ; look++)
        {
            var others = await CountAsync("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()", ct);
            if (others == 0)
            {
                return;
            }

            if (look == LooksForOthers)
            {
                throw new BackupException($"{others} other connections use the database: stop every portal first.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }
    }

    public async Task<long> CountAsync(string sql, CancellationToken ct) => Convert.ToInt64(await ScalarAsync(sql, ct) ?? 0, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Tables of the portal, none in an empty database.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync(CancellationToken ct) => await ListAsync("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()", ct);

    /// <summary>The last migration the schema had, empty without a schema.</summary>
    public async Task<string> SchemaAsync(CancellationToken ct) =>
        (await TablesAsync(ct)).Contains("__EFMigrationsHistory") ? await ScalarAsync("SELECT MAX(MigrationId) FROM __EFMigrationsHistory", ct) as string ?? "" : "";

    /// <summary>True when this portal's migrations include the one named.</summary>
    public bool Knows(string migration)
    {
        using var context = contexts.CreateDbContext();
        return context.Database.GetMigrations().Contains(migration);
    }

    public async Task<IReadOnlyList<string>> ListAsync(string sql, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Drops every table, then loads a gzipped dump.</summary>
    public async Task ReplaceAsync(string dump, CancellationToken ct)
    {
        var tables = await TablesAsync(ct);
        await using (var connection = await ConnectAsync(ct))
        {
            var drops = string.Concat(tables.Select(t => $"DROP TABLE `{t.Replace("`", "``", StringComparison.Ordinal)}`;"));
            await using var command = new MySqlCommand($"SET FOREIGN_KEY_CHECKS = 0; {drops}", connection);
            await command.ExecuteNonQueryAsync(ct);
        }

        var settings = new MySqlConnectionStringBuilder(database.ConnectionString);
        using var client = await MariaDbClient.WriteAsync(settings, ct);
        await using var packed = File.OpenRead(dump);
        await using var sql = new GZipStream(packed, CompressionMode.Decompress);
        await Cli.Wrap(Programs.Find("mariadb", "mariadb-client")).WithArguments([client.Option, settings.Database]).WithStandardInputPipe(PipeSource.FromStream(sql)).ExecuteAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (started)
        {
            await own.StopAsync(CancellationToken.None);
        }
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private async Task<MySqlConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new MySqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(ct);
        return connection;
    }
}
