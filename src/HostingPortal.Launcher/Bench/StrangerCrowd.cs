using System.Net;

namespace HostingPortal.Launcher.Bench;

/// <summary>Visitors who are not signed in, each from an address of its own, each asking for the sign-in page once a second whatever the answer is.</summary>
internal sealed class StrangerCrowd : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http;
    private readonly Task asking;
    private int next, answered, turnedAway;

    public StrangerCrowd(Uri portal, int count)
    {
        http = new HttpClient(LoopbackAddress.Handler(() => LoopbackAddress.Of(3, Interlocked.Increment(ref next)))) { BaseAddress = portal, Timeout = TimeSpan.FromSeconds(60) };
        asking = Task.WhenAll(Enumerable.Range(0, count).Select(n => AskAsync(TimeSpan.FromSeconds((double)n / count))));
    }

    public int Answered => answered;

    public int TurnedAway => turnedAway;

    /// <summary>Returns once they have asked for some seconds.</summary>
    public Task StartedAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(5), ct);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await asking;
        http.Dispose();
        stop.Dispose();
    }

    private async Task AskAsync(TimeSpan after)
    {
        try
        {
            await Task.Delay(after, stop.Token);
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
            do
            {
                using var answer = await http.GetAsync(new Uri("/sign-in", UriKind.Relative), stop.Token);
                Interlocked.Increment(ref answer.StatusCode == HttpStatusCode.OK ? ref answered : ref turnedAway);
            }
            while (await second.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
