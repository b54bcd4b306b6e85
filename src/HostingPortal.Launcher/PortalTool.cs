using System.Text.Json;
using CliWrap;

namespace HostingPortal.Launcher;

/// <summary>
/// <c>backup</c> and <c>restore</c> of a portal that <c>./portal up</c> or <c>./portal demo</c> started, with the settings it was started with. The portal's program
/// does the work as the portal's user; archives and key files change hands here, since they lie where only root comes.
/// </summary>
internal static class PortalTool
{
    private const string Default = "/var/backups/hostingportal";

    public static Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var demo = args.Contains("--demo");
        var rest = args.Where(a => a != "--demo").ToArray();
        var places = Places.FromEnvironment(demo ? "demo" : "up");
        return rest[0] switch
        {
            "backup" => BackUpAsync(places, rest, ct),
            "seed" => CallAsync(places, rest, ct),
            _ => RestoreAsync(places, rest, ct),
        };
    }

    /// <summary>Keeps the settings of a start for these commands; root alone reads them.</summary>
    public static async Task RememberAsync(Places places, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        await using var stream = new FileStream(SettingsOf(places), create);
        await JsonSerializer.SerializeAsync(stream, settings, JsonSerializerOptions.Web, ct);
    }

    /// <summary>Fills the portal's empty database with a large hoster's rows.</summary>
    /// <exception cref="LaunchException">It did not take them; the reason was written to the error output.</exception>
    public static async Task SeedAsync(Places places, CancellationToken ct)
    {
        if (await CallAsync(places, ["seed", "--large"], ct) != 0)
        {
            throw new LaunchException("The made-up rows did not get into the database.");
        }
    }

    private static string SettingsOf(Places places) => Path.Combine(places.State, "settings.json");

    private static async Task<int> BackUpAsync(Places places, string[] args, CancellationToken ct)
    {
        var at = Array.IndexOf(args, "--to");
        var target = at >= 0 && at + 1 < args.Length ? Path.GetFullPath(args[at + 1]) : Default;
        using var transfer = await Transfer.OpenAsync(places, ct);
        var code = await CallAsync(places, [.. args.Where((_, i) => at < 0 || (i != at && i != at + 1)), "--to", transfer.Folder], ct);
        Directory.CreateDirectory(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(transfer.Folder, "*.tar"))
        {
            var moved = Path.Combine(target, Path.GetFileName(file));
            await Cli.Wrap("install").WithArguments(["-m", "0600", file, moved]).ExecuteAsync(ct);
            Console.WriteLine($"The backup lies at {moved}");
        }

        return code;
    }

    private static async Task<int> RestoreAsync(Places places, string[] args, CancellationToken ct)
    {
        Leftovers.RequireStopped(places);
        using var transfer = await Transfer.OpenAsync(places, ct);
        var words = new List<string>();
        foreach (var word in args)
        {
            words.Add(words.Count > 0 && File.Exists(word) ? await transfer.TakeAsync(word, ct) : word);
        }

        return await CallAsync(places, words, ct);
    }

    private static async Task<int> CallAsync(Places places, IReadOnlyList<string> words, CancellationToken ct)
    {
        if (!File.Exists(SettingsOf(places)))
        {
            throw new LaunchException("No portal was ever started here: run ./portal up once, stop it, and try again.");
        }

        await using var stream = File.OpenRead(SettingsOf(places));
        var settings = (await JsonSerializer.DeserializeAsync<Dictionary<string, string?>>(stream, JsonSerializerOptions.Web, ct))!;
        settings["Serilog__MinimumLevel"] = "Warning";
        var result = await Cli.Wrap("setpriv")
            .WithArguments(["--reuid", places.User, "--regid", places.User, "--init-groups", "dotnet", places.Web, .. words])
            .WithEnvironmentVariables(settings)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Console.Out.WriteLine))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Console.Error.WriteLine))
            .WithWorkingDirectory(Path.GetDirectoryName(places.Web)!)
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(ct);
        return result.ExitCode;
    }

    /// <summary>A folder of the portal's user that goes with the command.</summary>
    private sealed class Transfer(string folder, string user) : IDisposable
    {
        public string Folder { get; } = folder;

        public static async Task<Transfer> OpenAsync(Places places, CancellationToken ct)
        {
            // A data folder that was lost is made again.
            await Cli.Wrap("install").WithArguments(["-d", "-m", "0711", "-o", places.User, "-g", places.User, places.PortalData]).ExecuteAsync(ct);
            var folder = Path.Combine(places.PortalData, $"transfer-{Environment.ProcessId}");
            await Cli.Wrap("install").WithArguments(["-d", "-m", "0700", "-o", places.User, "-g", places.User, folder]).ExecuteAsync(ct);
            return new Transfer(folder, places.User);
        }

        public async Task<string> TakeAsync(string file, CancellationToken ct)
        {
            var copy = Path.Combine(Folder, Path.GetFileName(file));
            await Cli.Wrap("install").WithArguments(["-m", "0600", "-o", user, "-g", user, file, copy]).ExecuteAsync(ct);
            return copy;
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
