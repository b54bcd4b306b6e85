using System.Collections.Concurrent;
using System.Threading.Channels;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Live batches of running runs, made once per run and handed to a bounded channel per viewer. A viewer that falls behind loses batches, sees the gap in
/// the numbers and reads it from the store; it never slows the run.
/// </summary>
public sealed class RunFeed(RunHints hints)
{
    private readonly ConcurrentDictionary<long, ConcurrentDictionary<object, Channel<RunBatch>>> viewers = new();

    private readonly ConcurrentDictionary<long, int> lastSeq = new();

    /// <summary>Runs somebody watches here.</summary>
    internal IReadOnlyCollection<long> Watched => [.. viewers.Keys];

    /// <summary>The newest event this instance itself handed out while the run was watched, or 0.</summary>
    internal int LastSeq(long runId) => lastSeq.GetValueOrDefault(runId);

    /// <summary>A batch of this instance's own work.</summary>
    internal void Publish(RunBatch batch)
    {
        if (batch.Events.Count > 0 && viewers.ContainsKey(batch.RunId))
        {
            lastSeq[batch.RunId] = batch.Events[^1].Seq;
        }

        HandOn(batch);
        hints.Write();
    }

    internal void HandOn(RunBatch batch)
    {
        if (viewers.TryGetValue(batch.RunId, out var channels))
        {
            foreach (var channel in channels.Values)
            {
                channel.Writer.TryWrite(batch);
            }
        }
    }

    /// <summary>Subscribe first, read the store second: nothing falls between the two.</summary>
    public RunSubscription Subscribe(long runId)
    {
        var channel = Channel.CreateBounded<RunBatch>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var key = new object();
        viewers.GetOrAdd(runId, _ => new())[key] = channel;
        return new RunSubscription(channel.Reader, () =>
        {
            if (viewers.TryGetValue(runId, out var channels))
            {
                channels.TryRemove(key, out _);
                if (channels.IsEmpty)
                {
                    viewers.TryRemove(new(runId, channels));
                    lastSeq.TryRemove(runId, out _);
                }
            }
        });
    }
}

/// <summary>What one write to the log added. <see cref="State"/> is the run's state after it.</summary>
public sealed record RunBatch(long RunId, RunState State, IReadOnlyList<RunEvent> Events, IReadOnlyList<RunLine> Lines);

public sealed class RunSubscription(ChannelReader<RunBatch> batches, Action leave) : IDisposable
{
    public ChannelReader<RunBatch> Batches { get; } = batches;

    public void Dispose() => leave();
}
