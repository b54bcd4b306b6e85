using System.Globalization;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>
/// A MariaDB of the portal's own: unix socket only, in its own session so that a terminal's Ctrl-C does not reach it, run by an unprivileged user when
/// the portal is root. One portal at a time; one that was killed leaves it running and the next attaches to it.
/// </summary>
internal sealed class PrivateMariaDb(PrivateMariaDbPaths paths, PrivateMariaDbSetup setup, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private FileStream? instance;

    public string ConnectionString(string database) => new MySqlConnectionStringBuilder
    {
        Server = paths.Socket,
        ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
        UserID = Environment.UserName,
        Database = database,
    }.ConnectionString;

    /// <exception cref="InvalidOperationException">Another portal holds the folder, or MariaDB did not come up; its last words are in the message.</exception>
    public async Task StartAsync(TimeSpan timeout, CancellationToken ct)
    {
        await setup.PrepareFoldersAsync(ct);
        instance = TakeInstanceLock();
        if (await AnswersAsync(ct))
        {
            logger.LogInformation("Attached to the private MariaDB in {Folder}", paths.Root);
            return;
        }

        await setup.InitialiseAsync(ct);
        await setup.LaunchAsync(ct);
        var deadline = time.GetUtcNow() + timeout;
        while (!await AnswersAsync(ct))
        {
            if (time.GetUtcNow() > deadline || setup.GaveUp())
            {
                throw new InvalidOperationException($"The private MariaDB did not start. {setup.LastWords()}");
            }

            await Task.Delay(Pause, time, ct);
        }

        logger.LogInformation("Private MariaDB started in {Folder}", paths.Root);
    }

    public async Task CreateDatabaseAsync(string name, CancellationToken ct)
    {
        await using var connection = new MySqlConnection(ConnectionString(""));
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci";
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Shuts MariaDB down cleanly and waits until its process is gone.</summary>
    public async Task StopAsync(TimeSpan timeout, CancellationToken ct)
    {
        if (instance is null)
        {
            return;
        }

        var pid = await ReadProcessIdAsync(ct);
        MySqlConnection.ClearAllPools();
        await using (var connection = new MySqlConnection(ConnectionString("") + ";Pooling=false"))
        {
            await connection.OpenAsync(ct);
            await using var command = new MySqlCommand("SHUTDOWN", connection);
            await command.ExecuteNonQueryAsync(ct);
        }

        var deadline = time.GetUtcNow() + timeout;
        while (pid is not null && Directory.Exists($"/proc/{pid}") && time.GetUtcNow() < deadline)
        {
            await Task.Delay(Pause, time, ct);
        }

        Dispose();
    }

    public void Dispose()
    {
        instance?.Dispose();
        instance = null;
    }

    private FileStream TakeInstanceLock()
    {
        try
        {
            return new FileStream(Path.Combine(paths.Root, "portal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"Another portal uses the private database in {paths.Root}. Stop it, or give both one MySQL by setting.", e);
        }
    }

    public async Task<bool> AnswersAsync(CancellationToken ct)
    {
        if (!File.Exists(paths.Socket))
        {
            return false;
        }

        try
        {
            await using var connection = new MySqlConnection(ConnectionString("") + ";Pooling=false;Connection Timeout=5");
            await connection.OpenAsync(ct);
            return true;
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.UnableToConnectToHost)
        {
            return false;
        }
    }

    private async Task<int?> ReadProcessIdAsync(CancellationToken ct) =>
        File.Exists(paths.ProcessId)
        && int.TryParse(await File.ReadAllTextAsync(paths.ProcessId, ct), NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid)
            ? pid
            : null;
}
