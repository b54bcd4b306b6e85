using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HostingPortal.Operations.Tests.Backups;

/// <summary><c>./portal up</c> with data of its own, as an operator would run it.</summary>
internal sealed class UpPortal : IAsyncDisposable
{
    private Process? process;

    /// <summary>Data and logs; removed on dispose.</summary>
    public string State { get; } = $"/var/lib/hostingportal/operations-test-{Environment.ProcessId}";

    public string Data => Path.Combine(State, "up", "portal");

    public IReadOnlyDictionary<string, string> Settings =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(State, "up", "settings.json")))!;

    public Uri Address => new(Settings["Portal__BaseUrl"]);

    public async Task StartAsync(CancellationToken ct)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
        var start = Describe("up");
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        process = new Process { StartInfo = start };
        void Take(string? line)
        {
            lock (log)
            {
                log.Add(line ?? "");
            }

            if (line?.Contains("until you press Ctrl-C", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (await Task.WhenAny(ready.Task, process.WaitForExitAsync(ct), Task.Delay(TimeSpan.FromMinutes(15), ct)) != ready.Task)
        {
            throw new InvalidOperationException("./portal up did not come up:\n" + string.Join('\n', log));
        }
    }

    /// <returns>Its exit code, or null when it did not run.</returns>
    public Task<int?> StopAsync() => EndAsync("TERM");

    /// <summary>The launcher alone, without a chance to clean up.</summary>
    public Task KillAsync() => EndAsync("KILL");

    private async Task<int?> EndAsync(string signal)
    {
        if (process is { HasExited: false })
        {
            await Tool.RunAsync(["kill", "-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)], CancellationToken.None);
            await process.WaitForExitAsync();
        }

        var code = process?.ExitCode;
        process?.Dispose();
        process = null;
        return code;
    }

    /// <summary>Another command of the script with the same data.</summary>
    public async Task<(int Code, string Output)> CallAsync(CancellationToken ct, params string[] words)
    {
        var start = Describe(words);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var called = Process.Start(start)!;
        var output = called.StandardOutput.ReadToEndAsync(ct);
        var errors = called.StandardError.ReadToEndAsync(ct);
        await called.WaitForExitAsync(ct);
        return (called.ExitCode, await output + await errors);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(State))
        {
            await Tool.RunAsync(["rm", "-rf", "--one-file-system", State], CancellationToken.None);
        }
    }

    private ProcessStartInfo Describe(params string[] words)
    {
        var start = new ProcessStartInfo(Checkout.File("portal"), words) { WorkingDirectory = Checkout.Root };
        start.Environment["PORTAL_STATE_FOLDER"] = State;
        return start;
    }
}
