using System.Collections.Concurrent;
using System.Text;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Testing.Fakes;

/// <summary>The executor: plays by key, their event files, what was started. Thread-safe.</summary>
public sealed class ExecutorWorld
{
    private readonly ConcurrentDictionary<string, Play> plays = new();
    private readonly ConcurrentQueue<ExecutorRun> started = new();
    private readonly ConcurrentDictionary<string, bool> cleaned = new();
    private readonly ConcurrentDictionary<string, TimedRun> timed = new();

    /// <summary>What a play writes, line by line; the last one ends it when it is an <c>end</c> event. Default: everything ok.</summary>
    public Func<ExecutorRun, IReadOnlyList<string>> Script { get; set; } = run => PlayScript.Succeeds(run);

    /// <summary>After so many bytes each connection that follows a play is lost; null: none is.</summary>
    public int? BytesPerConnection { get; set; }

    public IReadOnlyList<ExecutorRun> Started => [.. started];

    /// <summary>Projects it was prepared for, with the key it holds; null: the repository alone.</summary>
    public ConcurrentDictionary<string, string?> Prepared { get; } = new();

    internal void Prepare(string projectId, string? key) => Prepared[projectId] = key;

    /// <summary>What its timer was told to do, by project.</summary>
    public ConcurrentDictionary<string, ExecutorWatch> Watches { get; } = new();

    /// <summary>Runs of the timer that wait to be fetched: those that ended and were not cleaned, by key.</summary>
    public IReadOnlyList<TimedRun> Timed => [.. timed.Values.Where(t => !cleaned.ContainsKey(t.Key)).OrderBy(t => t.Key, StringComparer.Ordinal)];

    public ExecutorHealth Health { get; set; } = new(TimeSpan.FromDays(3), 0.1, 2, 4L << 30, 3L << 30, 40L << 30, 30L << 30, [], null, "1.0.0-test");

    /// <summary>The timer's run of a project: played with <see cref="Script"/>, ended, not fetched yet.</summary>
    public void PlayTimed(TimedRun run)
    {
        timed[run.Key] = run;
        var play = new Play();
        play.Append(Script(new ExecutorRun(run.Key, run.ProjectId, run.Commit, run.ContentVersion, run.Playbook, run.Limit, [], run.Check, "", new Dictionary<string, string>(), TimeSpan.FromHours(1))));
        plays[run.Key] = play;
    }

    /// <summary>Adds lines to a play that has not ended.</summary>
    public void Write(string key, params string[] lines) => plays[key].Append(lines);

    internal ExecutorRunState Start(ExecutorRun run)
    {
        if (cleaned.ContainsKey(run.Key))
        {
            return ExecutorRunState.AlreadyEnded;
        }

        var play = new Play();
        if (!plays.TryAdd(run.Key, play))
        {
            return plays[run.Key].Ended ? ExecutorRunState.AlreadyEnded : ExecutorRunState.AlreadyRunning;
        }

        started.Enqueue(run);
        play.Append(Script(run));
        return ExecutorRunState.Started;
    }

    internal Play? Find(string key) => plays.GetValueOrDefault(key);

    /// <summary>Keys whose files were deleted; they stay known.</summary>
    public IReadOnlyList<string> Cleaned => [.. cleaned.Keys];

    internal void Clean(string key)
    {
        cleaned[key] = true;
        plays.TryRemove(key, out _);
    }

    /// <summary>One event file: bytes that only grow, and a signal when they do.</summary>
    internal sealed class Play
    {
        private readonly Lock gate = new();
        private byte[] file = [];
        private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Ended { get; private set; }

        public void Append(IEnumerable<string> lines)
        {
            lock (gate)
            {
                foreach (var line in lines)
                {
                    file = [.. file, .. Encoding.UTF8.GetBytes(line + "\n")];
                    Ended |= line.Contains("\"e\":\"end\"", StringComparison.Ordinal);
                }

                grown.TrySetResult();
                grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        /// <summary>Bytes from the offset on, whether these are all, and what to wait for.</summary>
        public (byte[] Bytes, bool Ended, Task Grown) Read(long offset)
        {
            lock (gate)
            {
                return (offset >= file.Length ? [] : file[(int)offset..], Ended, grown.Task);
            }
        }
    }
}
