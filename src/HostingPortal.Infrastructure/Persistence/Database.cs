using HostingPortal.Infrastructure.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>The database the portal uses, known once it answered at the start.</summary>
internal sealed class Database(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private (string ConnectionString, ServerVersion Version)? known;

    public string ConnectionString => Known.ConnectionString;

    private (string ConnectionString, ServerVersion Version) Known =>
        known ?? throw new InvalidOperationException("The database is not up yet: it is opened when the host starts.");

    /// <summary>Waits for a database that starts at the same time as the portal.</summary>
    /// <exception cref="MySqlException">It did not let the portal in, or not within <paramref name="patience"/>.</exception>
    public async Task OpenAsync(string connectionString, TimeSpan patience, CancellationToken ct)
    {
        var settings = new MySqlConnectionStringBuilder(connectionString) { GuidFormat = MySqlGuidFormat.None, AllowUserVariables = true };
        var deadline = time.GetUtcNow() + patience;
        while (known is null)
        {
            try
            {
                await using var connection = new MySqlConnection(settings.ConnectionString);
                await connection.OpenAsync(ct);
                known = (settings.ConnectionString, ServerVersion.Parse(connection.ServerVersion));
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.UnableToConnectToHost && time.GetUtcNow() < deadline)
            {
                await Task.Delay(Pause, time, ct);
            }
        }
    }

    public void Configure(DbContextOptionsBuilder options) => options.UseMySql(
        Known.ConnectionString,
        Known.Version,
        mysql => mysql
            .MigrationsAssembly(typeof(Database).Assembly.FullName)
            .ExecutionStrategy(dependencies => new RetryOutsideTransactions(dependencies)));
}
