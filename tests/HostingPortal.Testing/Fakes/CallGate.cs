namespace HostingPortal.Testing.Fakes;

/// <summary>
/// Every call of a fake passes here twice, before and after its effect, as <c>cloud.CreateServer:before</c>. A test can stop one point: the caller
/// hangs there, as a process does that was paused or killed, until the test lets it go on.
/// </summary>
public sealed class CallGate
{
    private readonly Lock gate = new();
    private readonly List<string> passed = [];
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Index of the point that hangs, in the order points are passed; -1: none.</summary>
    public int StopAt { get; init; } = -1;

    /// <summary>What happens at the point of this name, each time it is passed.</summary>
    public (string Point, Exception Error)? Fault { get; init; }

    /// <summary>Completes when the caller hangs.</summary>
    public Task Reached => reached.Task;

    public IReadOnlyList<string> Passed
    {
        get
        {
            lock (gate)
            {
                return [.. passed];
            }
        }
    }

    public void Resume() => resumed.TrySetResult();

    internal async Task PassAsync(string point)
    {
        bool stops;
        lock (gate)
        {
            stops = passed.Count == StopAt;
            passed.Add(point);
        }

        if (Fault is { } fault && fault.Point == point)
        {
            throw fault.Error;
        }

        if (stops)
        {
            reached.TrySetResult();
            await resumed.Task;
        }
    }

    internal async Task<T> AroundAsync<T>(string call, Func<Task<T>> act)
    {
        await PassAsync(call + ":before");
        var result = await act();
        await PassAsync(call + ":after");
        return result;
    }
}
