using System.Collections.Concurrent;
using CliWrap;
using CliWrap.Buffered;

namespace HostingPortal.Launcher.Faults;

/// <summary>
/// Keeps a second name for each event file of the executor from the moment it appears: the portal deletes the file once it holds everything, and this copy says
/// whether it did.
/// </summary>
internal sealed class KeptLogs : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, bool> known = new();
    private readonly string runs;
    private readonly string kept;
    private readonly Task watching;

    /// <param name="disk">Where the executor's own files lie on this machine.</param>
    public KeptLogs(string disk, string kept)
    {
        runs = Path.Combine(disk, "var/lib/hostingportal/runs");
        this.kept = Directory.CreateDirectory(kept).FullName;
        watching = WatchAsync();
    }

    /// <summary>The event file of a run as the executor wrote it, or null when the run never started there.</summary>
    public string? Find(string key) => File.Exists(Name(key)) ? Name(key) : null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }

    private string Name(string key) => Path.Combine(kept, key + ".jsonl");

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var folder in Directory.Exists(runs) ? Directory.EnumerateDirectories(runs, "r-*") : [])
            {
                var (key, file) = (Path.GetFileName(folder), Path.Combine(folder, "work/events.jsonl"));
                if (!known.ContainsKey(key) && File.Exists(Path.Combine(folder, "started")) && File.Exists(file))
                {
                    var linked = await Cli.Wrap("ln").WithArguments(["-f", file, Name(key)]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
                    if (linked.ExitCode == 0)
                    {
                        known[key] = true;
                    }
                }
            }

            await Task.Delay(30, stop.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
