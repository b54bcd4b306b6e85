using System.Diagnostics;
using System.Globalization;

namespace HostingPortal.Launcher;

/// <summary>A program started by the launcher. Its output goes to a log file; it is stopped by its own process id.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;
    private readonly StreamWriter log;
    private readonly string pidFile;
    private readonly Lock gate = new();
    private readonly Queue<string> last = new();

    private Child(string name, Process process, StreamWriter log, string pidFile)
    {
        Name = name;
        this.process = process;
        this.log = log;
        this.pidFile = pidFile;
    }

    public string Name { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Called for each line on standard output.</summary>
    public event Action<string>? Line;

    public static Child Start(string name, Places places, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, Action<string>? line = null)
    {
        Directory.CreateDirectory(places.Logs);
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/",
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        var process = new Process { StartInfo = start };
        var child = new Child(name, process, new StreamWriter(Path.Combine(places.Logs, name + ".log"), append: true) { AutoFlush = true }, Path.Combine(places.State, name + ".pid"));
        child.Line += line;
        process.OutputDataReceived += (_, e) => child.Take(e.Data);
        process.ErrorDataReceived += (_, e) => child.Take(e.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Leftovers.Remember(child.pidFile, process.Id);
        return child;
    }

    /// <summary>Sends a signal to the program itself, e.g. <c>KILL</c> or <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]));
        await (kill?.WaitForExitAsync() ?? Task.CompletedTask);
    }

    public Task WaitForExitAsync(CancellationToken ct) => process.WaitForExitAsync(ct);

    /// <summary>The last lines it wrote, for error messages.</summary>
    public string Tail()
    {
        lock (gate)
        {
            return string.Join('\n', last);
        }
    }

    /// <summary>It had to be killed, or ended with an error when it was asked to end.</summary>
    public string? Ending { get; private set; }

    /// <summary>Asks the program to end (SIGTERM) and waits; after 40 s it is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using (var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])))
            {
                await (kill?.WaitForExitAsync() ?? Task.CompletedTask);
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                Ending = $"{Name} did not end within 40 s and was killed.";
            }

            await process.WaitForExitAsync(CancellationToken.None);
            Ending ??= process.ExitCode is 0 or 143 ? null : $"{Name} ended with code {process.ExitCode.ToString(CultureInfo.InvariantCulture)}:\n{Tail()}";
        }

        File.Delete(pidFile);
        process.Dispose();
        await log.DisposeAsync();
    }

    private void Take(string? text)
    {
        if (text is null)
        {
            return;
        }

        lock (gate)
        {
            log.WriteLine(text);
            last.Enqueue(text);
            if (last.Count > 15)
            {
                last.Dequeue();
            }
        }

        Line?.Invoke(text);
    }
}
