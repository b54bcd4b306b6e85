using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Testing;

/// <summary>
/// Test databases outlive a test run that was killed. Each folder names its owner by process id and start time; the next run stops what belongs to
/// owners that are gone, never what belongs to a run still alive.
/// </summary>
public static class Leftovers
{
    public const string Prefix = "hp-test-";
    private const string OwnerFile = "owner";

    public static void Own(string folder) => File.WriteAllText(Path.Combine(folder, OwnerFile), Identity(Environment.ProcessId));

    public static async Task CleanAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            var owner = Path.Combine(folder, OwnerFile);
            if (File.Exists(owner) && IsGone(await File.ReadAllTextAsync(owner)))
            {
                await StopAsync(Path.Combine(folder, "db", "mariadb.pid"), folder);
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool IsGone(string identity) =>
        int.TryParse(identity.Split(' ')[0], CultureInfo.InvariantCulture, out var pid) && Identity(pid) != identity;

    /// <summary>Only a process whose command line names the folder is stopped: ids are used again.</summary>
    private static async Task StopAsync(string pidFile, string folder)
    {
        if (!File.Exists(pidFile))
        {
            return;
        }

        var pid = (await File.ReadAllTextAsync(pidFile)).Trim();
        if (File.Exists($"/proc/{pid}/cmdline") && (await File.ReadAllTextAsync($"/proc/{pid}/cmdline")).Contains(folder, StringComparison.Ordinal))
        {
            await Cli.Wrap("kill").WithArguments(["-KILL", pid]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        }
    }

    /// <summary><c>PID STARTTIME</c>; the start time is the 22nd field of <c>/proc/PID/stat</c>, counted after the name in brackets. Empty when it has ended.</summary>
    private static string Identity(int pid)
    {
        var file = $"/proc/{pid}/stat";
        if (!File.Exists(file))
        {
            return "";
        }

        var text = File.ReadAllText(file);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] == "Z" ? "" : $"{pid} {fields[19]}";
    }
}
