using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Launcher.Cluster;

/// <summary>A MariaDB of the launcher's own for several portals: unix socket only, run as the portal's user, in the foreground.</summary>
internal sealed class DatabaseChild : IAsyncDisposable
{
    private readonly Places places;
    private Child? child;

    private DatabaseChild(Places places) => this.places = places;

    public string ConnectionString => $"Server={Socket};Protocol=Unix;User ID={places.User};Database=portal;Maximum Pool Size=60";

    private string Folder => Path.Combine(places.State, "mariadb");

    /// <summary>Paths of unix sockets are short.</summary>
    private string Socket => Path.Combine(Folder, "s");

    public static async Task<DatabaseChild> StartAsync(Places places, CancellationToken ct)
    {
        var database = new DatabaseChild(places);
        if (!Directory.Exists(Path.Combine(database.Folder, "data")))
        {
            Directory.CreateDirectory(database.Folder);
            await Cli.Wrap("chown").WithArguments([places.User, database.Folder]).ExecuteAsync(ct);
            await Cli.Wrap("mariadb-install-db").WithArguments([
                "--no-defaults", $"--datadir={Path.Combine(database.Folder, "data")}", "--skip-test-db", "--auth-root-authentication-method=socket",
                $"--auth-root-socket-user={places.User}", $"--user={places.User}"]).ExecuteBufferedAsync(ct);
        }

        await database.StartAgainAsync(ct);
        await database.QueryAsync("CREATE DATABASE IF NOT EXISTS portal CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", ct, "mysql");
        return database;
    }

    /// <summary>Returns once it answers.</summary>
    public async Task StartAgainAsync(CancellationToken ct)
    {
        if (child is not null)
        {
            await child.DisposeAsync();
        }

        child = Child.Start("mariadb", places, [
            "setpriv", "--reuid", places.User, "--regid", places.User, "--init-groups", "mariadbd", "--no-defaults", $"--datadir={Path.Combine(Folder, "data")}",
            $"--socket={Socket}", $"--pid-file={Path.Combine(Folder, "pid")}", "--skip-networking", "--skip-name-resolve", "--skip-log-bin", "--default-time-zone=+00:00",
            "--performance-schema=OFF", "--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--max-allowed-packet=64M",
            "--innodb-buffer-pool-size=128M", "--max-connections=400"]);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await QueryAsync("SELECT 1", ct, "mysql");
                return;
            }
            catch (LaunchException) when (tries < 300 && !child.HasExited)
            {
                await Task.Delay(100, ct);
            }
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        await child!.SignalAsync("KILL");
        await child.WaitForExitAsync(ct);
    }

    /// <summary>Rows as tab-separated words.</summary>
    public async Task<IReadOnlyList<string[]>> QueryAsync(string sql, CancellationToken ct, string database = "portal")
    {
        var answer = await Cli.Wrap("setpriv")
            .WithArguments(["--reuid", places.User, "--regid", places.User, "--init-groups", "mariadb", "--no-defaults", $"--socket={Socket}", "--batch", "--skip-column-names", database])
            .WithStandardInputPipe(PipeSource.FromString(sql)).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);
        return answer.ExitCode == 0
            ? [.. answer.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))]
            : throw new LaunchException($"MariaDB refused a question: {answer.StandardError.Trim()}");
    }

    public async Task<long> CountAsync(string sql, CancellationToken ct) => long.Parse((await QueryAsync(sql, ct))[0][0], CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => child?.DisposeAsync() ?? ValueTask.CompletedTask;
}
