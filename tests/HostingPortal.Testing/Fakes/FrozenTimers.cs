namespace HostingPortal.Testing.Fakes;

/// <summary>The real clock, with timers that never fire: heartbeats and pauses of an instance wait until they are canceled.</summary>
public sealed class FrozenTimers : TimeProvider
{
    private readonly TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once something waits for a short timer: the first heartbeat is over.</summary>
    public Task Waits => waits.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.FromMinutes(1))
        {
            waits.TrySetResult();
        }

        return new Never();
    }

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
