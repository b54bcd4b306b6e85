using System.Collections.Concurrent;
using System.Threading.Channels;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Live batches of running runs, made once per run and handed to a bounded channel per viewer. A viewer that falls behind loses batches, sees the gap in
/// the numbers and reads it from the store; it never slows the run.
/// </summary>
public sealed class RunFeed
{
    private readonly ConcurrentDictionary<long, ConcurrentDictionary<object, Channel<RunBatch>>> viewers = new();

    internal void Publish(RunBatch batch)
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
