using System.Globalization;
using System.IO.Compression;
using CliWrap;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence.Schema;

/// <summary>Whole dumps by <c>mariadb-dump</c>, gzipped, readable by the portal's user alone.</summary>
internal sealed class DatabaseBackup(Database database, DataFolder folder, IOptions<DatabaseOptions> options, TimeProvider time)
{
    /// <returns>Path of the dump. A dump that failed half-way leaves no file under that name.</returns>
    public async Task<string> CreateAsync(string name, CancellationToken ct)
    {
        var target = options.Value.BackupFolder ?? folder.File("backups");
        Directory.CreateDirectory(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var file = Path.Combine(target, $"{name}-{stamp}.sql.gz");
        await DumpAsync($"{file}.part", ct);
        File.Move($"{file}.part", file);
        return file;
    }

    private async Task DumpAsync(string file, CancellationToken ct)
    {
        var settings = new MySqlConnectionStringBuilder(database.ConnectionString);
        using var credentials = new PrivateFolder();
        var defaults = credentials.File("client.cnf");
        await File.WriteAllTextAsync(defaults, ClientFile(settings), ct);
        var create = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var output = new FileStream(file, create);
        await using var packed = new GZipStream(output, CompressionLevel.Fastest);
        await Cli.Wrap(Programs.Find("mariadb-dump", "mariadb-client"))
            .WithArguments([$"--defaults-file={defaults}", "--single-transaction", "--quick", "--routines", "--hex-blob", settings.Database])
            .WithStandardOutputPipe(PipeTarget.ToStream(packed))
            .ExecuteAsync(ct);
    }

    private static string ClientFile(MySqlConnectionStringBuilder settings)
    {
        var place = settings.ConnectionProtocol == MySqlConnectionProtocol.UnixSocket
            ? $"socket={Quote(settings.Server)}"
            : $"host={Quote(settings.Server)}\nport={settings.Port}";
        return $"[client]\n{place}\nuser={Quote(settings.UserID)}\npassword={Quote(settings.Password)}\n";
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
