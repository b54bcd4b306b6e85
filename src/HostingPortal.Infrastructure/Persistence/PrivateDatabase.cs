using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>The embedded default: a <see cref="PrivateMariaDb"/> in the data folder, started only when no connection string is set.</summary>
internal sealed class PrivateDatabase(DataFolder folder, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<PrivateMariaDb> logger)
    : IDisposable
{
    private const string Name = "portal";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);
    private PrivateMariaDb? server;

    /// <returns>The connection string of the one that runs already, or null. Its owner stays its owner.</returns>
    public async Task<string?> FindRunningAsync(CancellationToken ct)
    {
        var running = Describe();
        return await running.AnswersAsync(ct) ? running.ConnectionString(Name) : null;
    }

    /// <returns>The connection string.</returns>
    public async Task<string> StartAsync(CancellationToken ct)
    {
        server = Describe();
        await server.StartAsync(options.Value.StartTimeout, ct);
        await server.CreateDatabaseAsync(Name, ct);
        return server.ConnectionString(Name);
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (server is not null)
        {
            await server.StopAsync(StopTimeout, ct);
        }
    }

    public void Dispose() => server?.Dispose();

    private PrivateMariaDb Describe()
    {
        var paths = new PrivateMariaDbPaths(folder.File("mariadb"));
        return new PrivateMariaDb(paths, new PrivateMariaDbSetup(paths, options.Value.PrivateUser), time, logger);
    }
}
