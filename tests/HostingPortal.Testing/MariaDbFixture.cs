using HostingPortal.Infrastructure.Persistence;
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
    private PrivateMariaDb? server;
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
        var connectionString = await CreateEmptyDatabaseAsync(ct);
        return await TestDatabase.CreateAsync(connectionString, ct);
    }

    /// <returns>Connection string of a new database without tables.</returns>
    public async Task<string> CreateEmptyDatabaseAsync(CancellationToken ct)
    {
        var name = $"test{Interlocked.Increment(ref databases)}";
        await server!.CreateDatabaseAsync(name, ct);
        return server.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.StopAsync(Patience, CancellationToken.None);
        }

        folder.Delete(recursive: true);
    }
}
