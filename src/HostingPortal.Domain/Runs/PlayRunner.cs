using System.Text;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Runs;

/// <summary>Starts a play on the executor or re-attaches to it, and brings its events into the log without a lost or doubled line.</summary>
public sealed class PlayRunner(IOptions<PortalOptions> options, TimeProvider time)
{
    private const int MaxLine = 4 * 1024 * 1024;

    /// <summary>About ten minutes.</summary>
    private const int MostTries = 60;

    /// <summary>How long a play may take; the executor itself stops it then, whether a portal is there or not.</summary>
    public TimeSpan Limit => TimeSpan.FromMinutes(options.Value.RunMinutes);

    /// <summary>
    /// Returns when the play has ended. <paramref name="onEvent"/> sees every event of the play once, those stored before a take-over included.
    /// Canceling the run stops the unit on the executor; shutting the portal down leaves it running.
    /// </summary>
    public async Task<PlayEnd> RunAsync(IExecutor executor, RunContext run, ExecutorRun play, Func<RunEvent, ValueTask> onEvent)
    {
        await run.Log.LearnAsync(run.Stopping);
        var tail = new Tail(run.Run.ExecutorOffset);
        if (tail.Offset == 0 && !run.Run.ByMaster)
        {
            await run.PatientlyAsync(() => executor.StartAsync(play, run.Stopping), run.Stopping);
        }
        else if (tail.Offset > 0)
        {
            await foreach (var e in run.StoredEventsAsync(run.Stopping))
            {
                tail.Note(e);
                await onEvent(e);
            }

            await run.LineAsync("re-attached to the run on the executor", run.Stopping);
        }

        using var cancel = run.Canceled.Register(() => _ = CancelAsync(executor, run, play.Key));
        using var idle = new CancellationTokenSource(Idle, time);
        using var silence = idle.Token.Register(() => _ = CancelAsync(executor, run, play.Key));
        var status = await ToEndAsync(executor, run, play.Key, tail, e => HeardAsync(idle, onEvent, e));
        if (tail.Reason is null)
        {
            return new PlayEnd(status!.ExitCode, status.State == "unknown" ? "lost" : "finished");
        }

        await CleanAsync(executor, play.Key, run.Stopping);
        return new PlayEnd(tail.ExitCode, idle.IsCancellationRequested && tail.Reason == "canceled" && !run.Canceled.IsCancellationRequested ? "idle" : tail.Reason, tail.EndedAt);
    }

    /// <summary>
    /// Follows until the play has told its end, through as many lost connections as it takes: only tries in a row that brought nothing are counted. Where the stream ended
    /// without an end, the executor's word about the unit, which is no longer running then.
    /// </summary>
    private async Task<ExecutorRunStatus?> ToEndAsync(IExecutor executor, RunContext run, string key, Tail tail, Func<RunEvent, ValueTask> onEvent)
    {
        var vain = 0;
        while (tail.Reason is null)
        {
            var before = tail.Offset;
            try
            {
                await FollowAsync(executor, run, key, tail, onEvent, run.Stopping);
                if (tail.Reason is null && await executor.GetStatusAsync(key, run.Stopping) is { State: not "running" } status)
                {
                    return status;
                }
            }
            catch (OutsideException error) when (error.Transient && (vain < MostTries || tail.Offset > before))
            {
                await run.LineAsync($"connection to the executor lost, trying again: {error.Code}", run.Stopping);
            }

            vain = tail.Offset > before ? 0 : vain + 1;
            if (tail.Reason is null)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(1 + vain, 10)), time, run.Stopping);
            }
        }

        return null;
    }

    private TimeSpan Idle => TimeSpan.FromMinutes(options.Value.RunIdleMinutes);

    private ValueTask HeardAsync(CancellationTokenSource idle, Func<RunEvent, ValueTask> onEvent, RunEvent e)
    {
        idle.CancelAfter(Idle);
        return onEvent(e);
    }

    /// <summary>Everything is stored: the executor may forget it. Where that fails, the executor's own sweep does it later.</summary>
    private static async Task CleanAsync(IExecutor executor, string key, CancellationToken ct)
    {
        try
        {
            await executor.CleanAsync(key, ct);
        }
        catch (OutsideException)
        {
            // Not worth failing a run that has ended.
        }
    }

    private static async Task CancelAsync(IExecutor executor, RunContext run, string key)
    {
        try
        {
            await executor.CancelAsync(key, run.Stopping);
        }
        catch (OutsideException error)
        {
            await run.LineAsync($"the executor could not be asked to cancel: {error.Code}", run.Stopping);
        }
    }

    private static async Task FollowAsync(IExecutor executor, RunContext run, string key, Tail tail, Func<RunEvent, ValueTask> onEvent, CancellationToken ct)
    {
        tail.Restart();
        await foreach (var bytes in executor.FollowAsync(key, tail.Offset, ct))
        {
            var lines = tail.Cut(bytes.Span, MaxLine);
            if (lines.Count == 0)
            {
                continue;
            }

            foreach (var e in await run.Log.AdoptAsync(lines, tail.Offset, ct))
            {
                tail.Note(e);
                await onEvent(e);
            }
        }
    }

    /// <summary>Cuts the byte stream into lines; <see cref="Offset"/> is the byte after the last whole line.</summary>
    private sealed class Tail(long offset)
    {
        private long length;

        public long Offset { get; private set; } = offset;

        private MemoryStream Rest { get; } = new();

        public int? ExitCode { get; private set; }

        public string? Reason { get; private set; }

        public DateTime? EndedAt { get; private set; }

        /// <summary>Whole lines; of a line longer than <paramref name="maxLine"/> bytes only the begin is kept, whatever its length.</summary>
        public List<string> Cut(ReadOnlySpan<byte> bytes, int maxLine)
        {
            var lines = new List<string>();
            while (bytes.Length > 0)
            {
                var end = bytes.IndexOf((byte)'\n');
                var part = end < 0 ? bytes : bytes[..end];
                Rest.Write(part[..(int)Math.Min(part.Length, maxLine - Rest.Length)]);
                length += part.Length;
                if (end < 0)
                {
                    break;
                }

                var more = length - Rest.Length;
                lines.Add(Encoding.UTF8.GetString(Rest.GetBuffer(), 0, (int)Rest.Length) + (more > 0 ? $"… [cut: {more} more bytes]" : ""));
                Offset += length + 1;
                Restart();
                bytes = bytes[(end + 1)..];
            }

            return lines;
        }

        /// <summary>Forgets a line that has not ended; it is read again from <see cref="Offset"/>.</summary>
        public void Restart()
        {
            Rest.SetLength(0);
            length = 0;
        }

        public void Note(RunEvent e)
        {
            if (e.Kind == "end")
            {
                ExitCode = e.Number("rc");
                Reason = e.Word("reason");
                EndedAt = DateTimeOffset.FromUnixTimeMilliseconds(e.Time).UtcDateTime;
            }
        }
    }
}

/// <param name="Reason"><c>finished</c>, <c>canceled</c>, <c>timeout</c>, <c>idle</c>, <c>signal</c> or <c>lost</c>.</param>
/// <param name="EndedAt">By the executor's clock, UTC; null where it told no end.</param>
public sealed record PlayEnd(int? ExitCode, string Reason, DateTime? EndedAt = null);
