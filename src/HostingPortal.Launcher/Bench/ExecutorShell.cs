using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Launcher.Bench;

/// <summary>Root on a lab server from outside, past its SSH: what a bench starts there without the portal.</summary>
/// <param name="leader">Process id of the server's init.</param>
internal sealed class ExecutorShell(int leader)
{
    /// <summary>The executor is the first server of its sandbox.</summary>
    public static ExecutorShell Find(Places places)
    {
        var folder = Directory.EnumerateDirectories(Path.Combine(places.SandboxData, "machines")).OrderBy(m => long.Parse(Path.GetFileName(m), CultureInfo.InvariantCulture)).First();
        var nspawn = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(p => int.TryParse(p, CultureInfo.InvariantCulture, out _))
            .First(p => Words(p!) is ["systemd-nspawn", ..] words && words.Contains($"--directory={folder}/root"));
        return new ExecutorShell(int.Parse(File.ReadAllText($"/proc/{nspawn}/task/{nspawn}/children").Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <returns>Standard output.</returns>
    /// <exception cref="LaunchException">The command failed.</exception>
    public async Task<string> RunAsync(string script, string input, CancellationToken ct)
    {
        var done = await Cli.Wrap("nsenter").WithArguments(["--target", leader.ToString(CultureInfo.InvariantCulture), "--all", "--wd=/", "sh", "-c", script])
            .WithEnvironmentVariables(e => e.Set("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").Set("LANG", "C.UTF-8").Set("HOME", "/root"))
            .WithStandardInputPipe(PipeSource.FromString(input)).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);
        return done.ExitCode == 0 ? done.StandardOutput : throw new LaunchException($"On the executor '{script}' ended with {done.ExitCode}: {done.StandardError.Trim()} {done.StandardOutput.Trim()}");
    }

    private static string[] Words(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (IOException)
        {
            return []; // It ended meanwhile.
        }
    }
}
