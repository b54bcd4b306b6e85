namespace HostingPortal.CloudSandbox.Machines;

/// <summary>Lets one piece of work through at a time, in the order of arrival.</summary>
internal sealed class Gate
{
    // Never asked for its wait handle, so there is nothing to dispose of.
    private readonly Lazy<SemaphoreSlim> _turn = new(() => new SemaphoreSlim(1));

    public async Task AloneAsync(Func<Task> work, CancellationToken ct)
    {
        await _turn.Value.WaitAsync(ct);
        try
        {
            await work();
        }
        finally
        {
            _turn.Value.Release();
        }
    }
}
