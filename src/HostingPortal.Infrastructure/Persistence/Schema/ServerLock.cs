using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence.Schema;

/// <summary>A named lock of the database server, held as long as its own connection lives.</summary>
internal sealed class ServerLock : IAsyncDisposable
{
    private readonly MySqlConnection connection;

    private ServerLock(MySqlConnection connection) => this.connection = connection;

    public static async Task<ServerLock> TakeAsync(string connectionString, string name, TimeSpan patience, CancellationToken ct)
    {
        var settings = new MySqlConnectionStringBuilder(connectionString) { Pooling = false, DefaultCommandTimeout = 0 };
        var connection = new MySqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new MySqlCommand("SELECT GET_LOCK(@name, @seconds)", connection);
            command.Parameters.AddWithValue("@name", name);
            command.Parameters.AddWithValue("@seconds", (int)patience.TotalSeconds);
            return await command.ExecuteScalarAsync(ct) is 1 or 1L
                ? new ServerLock(connection)
                : throw new InvalidOperationException($"Another instance has held the lock {name} for {patience.TotalMinutes:0} minutes.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
