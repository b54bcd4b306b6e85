using HostingPortal.Infrastructure.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>The database the portal uses, known once it answered at the start.</summary>
internal sealed class Database
{
    private (string ConnectionString, ServerVersion Version)? known;

    public string ConnectionString => Known.ConnectionString;

    private (string ConnectionString, ServerVersion Version) Known =>
        known ?? throw new InvalidOperationException("The database is not up yet: it is opened when the host starts.");

    public async Task OpenAsync(string connectionString, CancellationToken ct)
    {
        var settings = new MySqlConnectionStringBuilder(connectionString) { GuidFormat = MySqlGuidFormat.None, AllowUserVariables = true };
        await using var connection = new MySqlConnection(settings.ConnectionString);
        await connection.OpenAsync(ct);
        known = (settings.ConnectionString, ServerVersion.Parse(connection.ServerVersion));
    }

    public void Configure(DbContextOptionsBuilder options) => options.UseMySql(
        Known.ConnectionString,
        Known.Version,
        mysql => mysql
            .MigrationsAssembly(typeof(Database).Assembly.FullName)
            .ExecutionStrategy(dependencies => new RetryOutsideTransactions(dependencies)));
}
