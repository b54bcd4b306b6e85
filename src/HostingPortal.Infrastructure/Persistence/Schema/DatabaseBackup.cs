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

    /// <summary>One consistent snapshot, whatever is written meanwhile.</summary>
    public async Task DumpAsync(string file, CancellationToken ct)
    {
        var settings = new MySqlConnectionStringBuilder(database.ConnectionString);
        using var client = await MariaDbClient.WriteAsync(settings, ct);
        var create = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var output = new FileStream(file, create);
        await using var packed = new GZipStream(output, CompressionLevel.Fastest);
        await Cli.Wrap(Programs.Find("mariadb-dump", "mariadb-client"))
            .WithArguments([client.Option, "--single-transaction", "--quick", "--routines", "--hex-blob", settings.Database])
            .WithStandardOutputPipe(PipeTarget.ToStream(packed))
            .ExecuteAsync(ct);
    }
}
