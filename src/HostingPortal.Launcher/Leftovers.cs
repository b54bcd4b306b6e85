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
