using System.Globalization;
using System.Text;
using HostingPortal.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Xunit;

namespace HostingPortal.Testing;

/// <summary>
/// A real private MariaDB for all tests of an assembly. Use: <c>[assembly: AssemblyFixture(typeof(MariaDbFixture))]</c>, then take it by constructor.
/// </summary>
public sealed class MariaDbFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(Leftovers.Prefix);
    private readonly SemaphoreSlim gate = new(1);
    private PrivateMariaDb? server;
    private string? schema;
    private int databases;

    public async ValueTask InitializeAsync()
    {
        Leftovers.Own(folder.FullName);
        await Leftovers.CleanAsync();

        // MariaDB runs as another user when the tests run as root.
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_001_001);
        var paths = new PrivateMariaDbPaths(Path.Combine(folder.FullName, "db"));
        server = new PrivateMariaDb(paths, new PrivateMariaDbSetup(paths, "nobody"), TimeProvider.System, NullLogger.Instance);
        await server.StartAsync(Patience, CancellationToken.None);

        // Nothing here outlives a power cut: commits need not wait for the disk.
        await using var connection = new MySqlConnection(server.ConnectionString("mysql"));
        await connection.OpenAsync();
        await using var command = new MySqlCommand("SET GLOBAL innodb_flush_log_at_trx_commit = 0", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A new database with the portal's schema and no rows.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(CancellationToken ct)
    {
        var script = await SchemaAsync(ct);
        var connectionString = await CreateEmptyDatabaseAsync(ct);
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new MySqlCommand(script, connection);
        await command.ExecuteNonQueryAsync(ct);
        return await TestDatabase.OpenAsync(connectionString, ct);
    }

    /// <returns>Connection string of a new database without tables.</returns>
    public async Task<string> CreateEmptyDatabaseAsync(CancellationToken ct)
    {
        var name = $"test{Interlocked.Increment(ref databases)}";
        await server!.CreateDatabaseAsync(name, ct);
        return server.ConnectionString(name);
    }

    /// <summary>What all migrations together make, as one script: each database of a test would take seconds to go through them.</summary>
    private async Task<string> SchemaAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (schema is null)
            {
                var connectionString = await CreateEmptyDatabaseAsync(ct);
                var migrated = await TestDatabase.OpenAsync(connectionString, ct);
                await using var context = migrated.CreateDbContext();
                await context.Database.MigrateAsync(ct);
                schema = await ScriptAsync(connectionString, ct);
            }

            return schema;
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<string> ScriptAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync(ct);
        var tables = await ColumnAsync(connection, "SHOW TABLES", 0, ct);
        var script = new StringBuilder("SET FOREIGN_KEY_CHECKS = 0;\n");
        foreach (var table in tables)
        {
            script.Append((await ColumnAsync(connection, $"SHOW CREATE TABLE `{table}`", 1, ct))[0]).Append(";\n");
            if ((await ColumnAsync(connection, $"SELECT COUNT(*) FROM `{table}`", 0, ct))[0] != "0")
            {
                script.Append(CultureInfo.InvariantCulture, $"INSERT INTO `{table}` SELECT * FROM `{connection.Database}`.`{table}`;\n");
            }
        }

        return script.Append("SET FOREIGN_KEY_CHECKS = 1;\n").ToString();
    }

    private static async Task<List<string>> ColumnAsync(MySqlConnection connection, string sql, int column, CancellationToken ct)
    {
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var values = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            values.Add(Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!);
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.StopAsync(Patience, CancellationToken.None);
        }

        gate.Dispose();
        folder.Delete(recursive: true);
    }
}
