using System.Text;
using System.Text.Json;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Api;

/// <summary>
/// Writes events as a browser's <c>EventSource</c> reads them: <c>id</c> is the sequence number, <c>event</c> the kind, <c>data</c> the event as JSON.
/// The last one is <c>run-ended</c>; a comment every 15 s keeps proxies from closing a quiet stream.
/// </summary>
internal static class EventStream
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <param name="ended">Reads the run after its last event.</param>
    public static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<RunEvent> events, Func<Task<RunRow>> ended, CancellationToken ct)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(ct);
        await response.Body.FlushAsync(ct);
        await using var source = events.GetAsyncEnumerator(ct);
        while (await NextAsync(source, response, ct))
        {
            var e = source.Current;
            await response.WriteAsync($"id: {e.Seq}\nevent: {e.Kind.ReplaceLineEndings("")}\ndata: {e.ToText()}\n\n", Encoding.UTF8, ct);
        }

        var run = await ended();
        var data = JsonSerializer.Serialize(new { state = JsonNamingPolicy.CamelCase.ConvertName(run.State.ToString()), run.Reason, run.EndedAt }, JsonSerializerOptions.Web);
        await response.WriteAsync($"event: run-ended\ndata: {data}\n\n", Encoding.UTF8, ct);
    }

    /// <summary>Flushes before it waits, so that bursts go out together and nothing stays behind.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<RunEvent> source, HttpResponse response, CancellationToken ct)
    {
        var next = source.MoveNextAsync().AsTask();
        try
        {
            while (!next.IsCompleted)
            {
                await response.Body.FlushAsync(ct);
                await WaitAsync(next, response, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The reader is gone. The source hears of it as well, and has to come to its end before it is let go.
        }

        return await next;
    }

    private static async Task WaitAsync(Task next, HttpResponse response, CancellationToken ct)
    {
        try
        {
            await next.WaitAsync(Quiet, TimeProvider.System, ct);
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            await response.WriteAsync(": still here\n\n", ct);
        }
    }
}
