using System.Collections.Concurrent;

namespace HostingPortal.Testing.Fakes;

/// <summary>
/// The real clock, with timers that do not fire by themselves: heartbeats and pauses of an instance wait until they are canceled, limits until a test lets them pass.
/// </summary>
public sealed class FrozenTimers : TimeProvider
{
    private readonly ConcurrentDictionary<Frozen, bool> limits = new();
    private readonly TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Pauses, and with them heartbeats, are over after some milliseconds instead of never.</summary>
    public bool PausesPass { get; set; }

    /// <summary>Completes once something waits for a short timer: the first heartbeat is over.</summary>
    public Task Waits => waits.Task;

    /// <summary>Every limit of a minute and more that is still set.</summary>
    public void PassLimits()
    {
        foreach (var limit in limits.Keys)
        {
            limit.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (PausesPass && dueTime < TimeSpan.FromMinutes(1))
        {
            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(5), period);
        }

        var timer = new Frozen(callback, state, limits);
        if (dueTime < TimeSpan.FromMinutes(1))
        {
            waits.TrySetResult();
        }
        else
        {
            limits[timer] = true;
        }

        return timer;
    }

    private sealed class Frozen(TimerCallback callback, object? state, ConcurrentDictionary<Frozen, bool> limits) : ITimer
    {
        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => limits.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
