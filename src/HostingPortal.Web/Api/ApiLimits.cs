using System.Security.Claims;
using System.Threading.RateLimiting;
using HostingPortal.Web.Hosting;
using Microsoft.AspNetCore.RateLimiting;

namespace HostingPortal.Web.Api;

/// <summary>How often one may call: per person for the API, per address for the DNS-01 broker.</summary>
internal static class ApiLimits
{
    public const string Caller = "api";
    public const string Broker = "dns-challenge";

    public static WebApplicationBuilder AddApiLimits(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RateLimiterOptions>(limits =>
        {
            limits.AddPolicy(Caller, http => RateLimitPartition.GetTokenBucketLimiter(
                http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? ProtectionSetup.Address(http),
                _ => new TokenBucketRateLimiterOptions { TokenLimit = 300, TokensPerPeriod = 60, ReplenishmentPeriod = TimeSpan.FromSeconds(1) }));
            limits.AddPolicy(Broker, http => RateLimitPartition.GetFixedWindowLimiter(
                ProtectionSetup.Address(http), _ => new FixedWindowRateLimiterOptions { PermitLimit = 240, Window = TimeSpan.FromMinutes(1) }));
        });
        return builder;
    }
}
