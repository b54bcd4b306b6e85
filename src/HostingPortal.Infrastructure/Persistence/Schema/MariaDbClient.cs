using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence.Schema;

/// <summary>How MariaDB's own programs reach the database: a private file, since a password among arguments could be read by others.</summary>
internal sealed class MariaDbClient(PrivateFolder folder) : IDisposable
{
    /// <summary>First argument of <c>mariadb</c> and <c>mariadb-dump</c>.</summary>
    public string Option => $"--defaults-file={folder.File("client.cnf")}";

    public static async Task<MariaDbClient> WriteAsync(MySqlConnectionStringBuilder settings, CancellationToken ct)
    {
        var client = new MariaDbClient(new PrivateFolder());
        await File.WriteAllTextAsync(client.Option["--defaults-file=".Length..], Text(settings), ct);
        return client;
    }

    public void Dispose() => folder.Dispose();

    private static string Text(MySqlConnectionStringBuilder settings)
    {
        var place = settings.ConnectionProtocol == MySqlConnectionProtocol.UnixSocket
            ? $"socket={Quote(settings.Server)}"
            : $"host={Quote(settings.Server)}\nport={settings.Port}";
        return $"[client]\n{place}\nuser={Quote(settings.UserID)}\npassword={Quote(settings.Password)}\n";
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
