using System.Collections.Concurrent;
using System.Globalization;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>A leaky bucket per project: <c>limit</c> requests at once, refilled evenly within an hour.</summary>
internal sealed class RateLimiter(SandboxOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = [];
    private volatile int _limit = options.RateLimit;

    /// <summary>Changes the size for every project and fills all buckets.</summary>
    public void Resize(int limit)
    {
        _limit = limit;
        _buckets.Clear();
    }

    /// <summary>Takes one request out of the bucket and writes the three headers.</summary>
    /// <exception cref="ApiException"><c>rate_limit_exceeded</c> when it is empty.</exception>
    public void Take(string project, HttpResponse response)
    {
        var limit = _limit;
        var bucket = _buckets.GetOrAdd(project, _ => new Bucket(limit, time.GetUtcNow()));
        var (allowed, remaining, full) = bucket.Take(limit, time.GetUtcNow());
        response.Headers["RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["RateLimit-Reset"] = full.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (!allowed)
        {
            throw ApiErrors.RateLimited();
        }
    }

    private sealed class Bucket(double tokens, DateTimeOffset at)
    {
        private readonly Lock _gate = new();
        private double _tokens = tokens;
        private DateTimeOffset _at = at;

        public (bool Allowed, int Remaining, DateTimeOffset Full) Take(int limit, DateTimeOffset now)
        {
            lock (_gate)
            {
                var perSecond = limit / 3600.0;
                _tokens = Math.Min(limit, _tokens + ((now - _at).TotalSeconds * perSecond));
                _at = now;
                var allowed = _tokens >= 1;
                _tokens -= allowed ? 1 : 0;
                var full = perSecond > 0 ? now.AddSeconds((limit - _tokens) / perSecond) : now;
                return (allowed, (int)_tokens, full);
            }
        }
    }
}
