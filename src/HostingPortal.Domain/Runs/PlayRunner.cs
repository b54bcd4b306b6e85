using System.Text;

namespace HostingPortal.Domain.Runs;

/// <summary>Starts a play on the executor or re-attaches to it, and brings its events into the log without a lost or doubled line.</summary>
public sealed class PlayRunner(IExecutor executor, TimeProvider time)
{
    private const int MaxLine = 4 * 1024 * 1024;

    /// <summary>
    /// Returns when the play has ended. <paramref name="onEvent"/> sees every event of the play once, those stored before a take-over included.
    /// Canceling the run stops the unit on the executor; shutting the portal down leaves it running.
    /// </summary>
    public async Task<PlayEnd> RunAsync(RunContext run, ExecutorRun play, Action<RunEvent> onEvent)
    {
        var tail = new Tail(run.Run.ExecutorOffset);
        if (tail.Offset == 0)
        {
            await executor.StartAsync(play, run.Stopping);
        }
        else
        {
            await foreach (var e in run.StoredEventsAsync(run.Stopping))
            {
                tail.Note(e);
                onEvent(e);
            }

            await run.LineAsync("re-attached to the run on the executor", run.Stopping);
        }

        using var cancel = run.Canceled.Register(() => _ = CancelAsync(run, play.Key));
        for (var attempt = 0; tail.Reason is null; attempt++)
        {
            try
            {
                await FollowAsync(run, play.Key, tail, onEvent, run.Stopping);
                break;
            }
            catch (OutsideException error) when (error.Transient && attempt < 60)
            {
                await run.LineAsync($"connection to the executor lost, trying again: {error.Code}", run.Stopping);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(1 + attempt, 10)), time, run.Stopping);
            }
        }

        var status = await executor.GetStatusAsync(play.Key, run.Stopping);
        return new PlayEnd(tail.ExitCode ?? status.ExitCode, tail.Reason ?? (status.State == "unknown" ? "lost" : "finished"));
    }

    /// <summary>Deletes the run's files on the executor once everything is stored.</summary>
    public Task CleanAsync(string key, CancellationToken ct) => executor.CleanAsync(key, ct);

    private async Task CancelAsync(RunContext run, string key)
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

    private async Task FollowAsync(RunContext run, string key, Tail tail, Action<RunEvent> onEvent, CancellationToken ct)
    {
        tail.Rest.SetLength(0);
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
                onEvent(e);
            }
        }
    }

    /// <summary>Cuts the byte stream into lines; <see cref="Offset"/> is the byte after the last whole line.</summary>
    private sealed class Tail(long offset)
    {
        public long Offset { get; private set; } = offset;

        public MemoryStream Rest { get; } = new();

        public int? ExitCode { get; private set; }

        public string? Reason { get; private set; }

        public List<string> Cut(ReadOnlySpan<byte> bytes, int maxLine)
        {
            var lines = new List<string>();
            while (bytes.Length > 0)
            {
                var end = bytes.IndexOf((byte)'\n');
                if (end < 0)
                {
                    Rest.Write(bytes);
                    break;
                }

                Rest.Write(bytes[..end]);
                Offset += Rest.Length + 1;
                lines.Add(Encoding.UTF8.GetString(Rest.GetBuffer(), 0, (int)Math.Min(Rest.Length, maxLine)));
                Rest.SetLength(0);
                bytes = bytes[(end + 1)..];
            }

            return lines;
        }

        public void Note(RunEvent e)
        {
            if (e.Kind == "end")
            {
                ExitCode = e.Number("rc");
                Reason = e.Word("reason");
            }
        }
    }
}

/// <param name="Reason"><c>finished</c>, <c>canceled</c>, <c>timeout</c>, <c>signal</c> or <c>lost</c>.</param>
public sealed record PlayEnd(int? ExitCode, string Reason);
