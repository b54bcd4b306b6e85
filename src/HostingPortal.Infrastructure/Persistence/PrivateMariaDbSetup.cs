using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>Folders, first initialisation and the process of a private MariaDB.</summary>
internal sealed class PrivateMariaDbSetup(PrivateMariaDbPaths paths, string userWhenRoot)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PassThrough = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public async Task PrepareFoldersAsync(CancellationToken ct)
    {
        var mode = Environment.IsPrivilegedProcess ? PassThrough : OwnerOnly;
        foreach (var folder in new[] { paths.Root, paths.SocketFolder })
        {
            Directory.CreateDirectory(folder, mode);
            File.SetUnixFileMode(folder, mode);
        }

        if (Environment.IsPrivilegedProcess)
        {
            await Cli.Wrap("chown").WithArguments([userWhenRoot, paths.Root, paths.SocketFolder]).ExecuteBufferedAsync(ct);
        }
    }

    /// <summary>Makes the system tables beside their place and moves them there when complete, so a killed first start leaves nothing half done.</summary>
    public async Task InitialiseAsync(CancellationToken ct)
    {
        if (Directory.Exists(paths.Tables))
        {
            return;
        }

        var draft = $"{paths.Tables}.new";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        await Cli.Wrap(Programs.Find("mariadb-install-db", "mariadb-server-core"))
            .WithArguments([
                "--no-defaults", $"--datadir={draft}", "--skip-test-db", "--auth-root-authentication-method=socket",
                $"--auth-root-socket-user={Environment.UserName}", .. AsUser()])
            .ExecuteBufferedAsync(ct);
        Directory.Move(draft, paths.Tables);
    }

    /// <summary>Returns at once. The shell detaches MariaDB from the portal's pipes and session; the arguments never pass through its parser.</summary>
    public async Task LaunchAsync(CancellationToken ct)
    {
        if (File.Exists(paths.Log))
        {
            File.Move(paths.Log, $"{paths.Log}.1", overwrite: true);
        }

        await Cli.Wrap("sh")
            .WithArguments([
                "-c", "exec setsid --fork \"$0\" \"$@\" </dev/null >/dev/null 2>&1",
                Programs.Find("mariadbd", "mariadb-server-core"),
                "--no-defaults", $"--datadir={paths.Tables}", $"--socket={paths.Socket}", $"--pid-file={paths.ProcessId}", $"--log-error={paths.Log}",
                "--skip-networking", "--skip-name-resolve", "--skip-log-bin", "--default-time-zone=+00:00", "--performance-schema=OFF",
                "--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--max-allowed-packet=64M",
                "--innodb-buffer-pool-size=96M", "--innodb-log-file-size=48M", "--max-connections=200", .. AsUser()])
            .ExecuteAsync(ct);
    }

    public bool GaveUp() => Tail().Contains("[ERROR] Aborting", StringComparison.Ordinal);

    public string LastWords() => $"{paths.Log}: {Tail()}";

    private string[] AsUser() => Environment.IsPrivilegedProcess ? [$"--user={userWhenRoot}"] : [];

    private string Tail() => File.Exists(paths.Log) ? string.Join('\n', File.ReadLines(paths.Log).TakeLast(8)) : "It wrote no log.";
}
