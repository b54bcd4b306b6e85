using System.Diagnostics;

namespace HostingPortal.Launcher;

/// <summary>Waits for a portal that was started.</summary>
internal static class Health
{
    /// <summary>One try; a machine under load answers late.</summary>
    private static readonly TimeSpan PerTry = TimeSpan.FromSeconds(10);

    /// <summary>Until <c>/healthz</c> answers 200.</summary>
    /// <exception cref="LaunchException">The process ended, or did not answer in time; the message holds its last words.</exception>
    public static async Task WaitAsync(Child child, Uri portal, TimeSpan patience, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = PerTry };
        for (var started = Stopwatch.GetTimestamp(); !await AnswersAsync(http, portal, ct); await Task.Delay(100, ct))
        {
            if (child.HasExited)
            {
                throw new LaunchException($"The portal at {portal} ended while starting:\n{child.Tail()}");
            }

            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                throw new LaunchException($"The portal at {portal} did not answer within {patience.TotalSeconds:F0} s:\n{child.Tail()}");
            }
        }
    }

    /// <summary>False as well when it does not listen, drops the connection or takes too long.</summary>
    public static async Task<bool> AnswersAsync(HttpClient http, Uri portal, CancellationToken ct)
    {
        try
        {
            return (await http.GetAsync(new Uri(portal, "/healthz"), ct)).IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
