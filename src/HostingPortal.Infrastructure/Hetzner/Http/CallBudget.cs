using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace HostingPortal.Infrastructure.Hetzner.Http;

/// <summary>
/// How many calls each Hetzner project has left. Each may make so many an hour, refilled evenly, and answers tell how many are left
/// (https://docs.hetzner.cloud/reference/cloud#rate-limiting). Their reset is when the bucket is full again, not when the next call may be made.
/// </summary>
internal sealed class CallBudget(TimeProvider time)
{
    /// <summary>What runs leave to people.</summary>
    private const double Kept = 0.2;

    private readonly ConcurrentDictionary<string, Left> projects = new();

    /// <summary>How long a run's call has to wait until more than what is kept is left again; zero where nothing is known.</summary>
    public TimeSpan Pause(AuthenticationHeaderValue? token)
    {
        if (token is null || !projects.TryGetValue(Name(token), out var left))
        {
            return TimeSpan.Zero;
        }

        var perSecond = left.Limit / 3600d;
        var missing = (left.Limit * Kept) + 1 - left.Remaining - (time.GetElapsedTime(left.At).TotalSeconds * perSecond);
        return missing <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / perSecond);
    }

    public void Learn(AuthenticationHeaderValue? token, HttpResponseHeaders answer)
    {
        if (token is not null && Number(answer, "RateLimit-Limit") is { } limit and > 0 && Number(answer, "RateLimit-Remaining") is { } remaining)
        {
            projects[Name(token)] = new Left(limit, remaining, time.GetTimestamp());
        }
    }

    private static string Name(AuthenticationHeaderValue token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Parameter ?? "")));

    private static int? Number(HttpResponseHeaders answer, string name) =>
        answer.TryGetValues(name, out var values) && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record Left(int Limit, int Remaining, long At);
}
