using System.Threading.RateLimiting;
using HostingPortal.Web.Api;

namespace HostingPortal.Web.Hosting;

/// <summary>
/// Pages for people who are not signed in: a share of the processors at once, however many ask, so that those who are signed in go on working; and so many per address.
/// Files are not counted, the API and what is sent have limits of their own: whoever sends a form byte by byte would keep a place from everybody else.
/// </summary>
internal static class StrangerLimits
{
    private const int Burst = 60;
    private const int PerSecond = 10;
    private const int Waiting = 50;

    public static PartitionedRateLimiter<HttpContext> Create()
    {
        var atOnce = Math.Max(1, Environment.ProcessorCount / 2);
        return PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => IsStranger(http)
                ? RateLimitPartition.GetTokenBucketLimiter(
                    ProtectionSetup.Address(http),
                    _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1) })
                : RateLimitPartition.GetNoLimiter("")),
            PartitionedRateLimiter.Create<HttpContext, string>(http => IsStranger(http) && !HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetConcurrencyLimiter("strangers", _ => new ConcurrencyLimiterOptions { PermitLimit = atOnce, QueueLimit = Waiting })
                : RateLimitPartition.GetNoLimiter("")));
    }

    private static bool IsStranger(HttpContext http) => http.User.Identity is not { IsAuthenticated: true } && !ApiSetup.Belongs(http.Request.Path);
}
