using System.Diagnostics;
using System.Globalization;

namespace HostingPortal.Launcher;

/// <summary>Programs a killed launcher left behind, recognised by process id and start time: a reused id is never touched.</summary>
internal static class Leftovers
{
    public static void Remember(string file, int processId) =>
        File.WriteAllText(file, $"{processId} {StartTime(processId)}");

    /// <summary>Ends what the last run of this command in this checkout left; refuses while that run is still alive.</summary>
    public static async Task CleanAsync(Places places, CancellationToken ct)
    {
        Directory.CreateDirectory(places.State);
        var own = Path.Combine(places.State, "launcher.pid");
        if (Alive(own))
        {
            throw new LaunchException($"This checkout already runs here (process {File.ReadAllText(own).Split(' ')[0]}). Stop it first, or use another checkout.");
        }

        Remember(own, Environment.ProcessId);
        foreach (var file in Directory.EnumerateFiles(places.State, "*.pid").Where(f => f != own))
        {
            if (Alive(file))
            {
                var id = int.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture);
                using var process = Process.GetProcessById(id);
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(ct);
            }

            File.Delete(file);
        }

        await EndDatabasesAsync(places.State, ct);
    }

    /// <summary>MariaDB outlives a killed portal on purpose; a launcher that starts anew ends it.</summary>
    private static async Task EndDatabasesAsync(string state, CancellationToken ct)
    {
        foreach (var process in Databases(state))
        {
            using (process)
            {
                using (var term = Process.Start(new ProcessStartInfo("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])))
                {
                    await (term?.WaitForExitAsync(ct) ?? Task.CompletedTask);
                }

                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(TimeSpan.FromSeconds(30));
                try
                {
                    await process.WaitForExitAsync(patience.Token);
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested)
                {
                    process.Kill();
                }
            }
        }
    }

    /// <summary>Each MariaDB that runs on a folder below this one. Known by its folder in its command line, never by its id alone.</summary>
    public static IReadOnlyList<Process> Databases(string state)
    {
        var found = new List<Process>();
        foreach (var file in Directory.EnumerateFiles(state, "mariadb.pid", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            if (int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && CommandLine(id).Contains(Path.GetDirectoryName(file) + "/", StringComparison.Ordinal))
            {
                found.Add(Process.GetProcessById(id));
            }
        }

        return found;
    }

    private static string CommandLine(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <exception cref="LaunchException">The portal of these places runs.</exception>
    public static void RequireStopped(Places places)
    {
        if (Alive(Path.Combine(places.State, "launcher.pid")))
        {
            throw new LaunchException("The portal runs. Stop it first (Ctrl-C where it was started).");
        }
    }

    private static bool Alive(string file)
    {
        if (!File.Exists(file) || File.ReadAllText(file).Split(' ') is not [var id, var started] || !int.TryParse(id, CultureInfo.InvariantCulture, out var processId))
        {
            return false;
        }

        return processId != Environment.ProcessId && StartTime(processId) == started && started.Length > 0;
    }

    /// <summary>Field 22 of <c>/proc/PID/stat</c>: clock ticks after boot; empty when there is no such process.</summary>
    private static string StartTime(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return "";
        }
    }
}
