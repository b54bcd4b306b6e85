using System.Threading.Channels;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Between instances: "there is something new of a run". A hint carries no truth and may be lost; whoever waits for one looks into the store anyway, only later.
/// </summary>
public sealed class RunHints
{
    /// <summary>Between two looks at runs of other instances, with and without a way on which hints come.</summary>
    private static readonly TimeSpan WithHints = TimeSpan.FromSeconds(1), Alone = TimeSpan.FromMilliseconds(200);

    private readonly Channel<bool> heard = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Called whenever this instance wrote to a run; must only take note.</summary>
    public event Action? Wrote;

    /// <summary>Hints of other instances arrive just now.</summary>
    public bool Connected { get; set; }

    /// <summary>Another instance wrote to a run.</summary>
    public void Hear() => heard.Writer.TryWrite(true);

    /// <summary>This instance wrote to a run.</summary>
    public void Write() => Wrote?.Invoke();

    /// <summary>Until the next hint, or until it is time to look without one.</summary>
    /// <returns>Whether it was a hint.</returns>
    public async Task<bool> WaitAsync(TimeProvider time, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var hint = heard.Reader.WaitToReadAsync(enough.Token).AsTask();
        var first = await Task.WhenAny(hint, Task.Delay(Connected ? WithHints : Alone, time, enough.Token));
        await enough.CancelAsync();
        ct.ThrowIfCancellationRequested();
        return first == hint && heard.Reader.TryRead(out _);
    }
}
