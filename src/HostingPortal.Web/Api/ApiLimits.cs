using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using HostingPortal.Web.Localization;
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
                http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? Address(http),
                _ => new TokenBucketRateLimiterOptions { TokenLimit = 300, TokensPerPeriod = 60, ReplenishmentPeriod = TimeSpan.FromSeconds(1) }));
            limits.AddPolicy(Broker, http => RateLimitPartition.GetFixedWindowLimiter(
                Address(http), _ => new FixedWindowRateLimiterOptions { PermitLimit = 240, Window = TimeSpan.FromMinutes(1) }));
            limits.OnRejected = async (rejected, ct) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(5);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                if (ApiSetup.Belongs(rejected.HttpContext.Request.Path))
                {
                    var errors = rejected.HttpContext.RequestServices.GetRequiredService<ApiErrors>();
                    await errors.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Api.TooOften");
                    return;
                }

                // Plain text: a page would cost what the limit is there to save.
                var texts = rejected.HttpContext.RequestServices.GetRequiredService<Texts>();
                await rejected.HttpContext.Response.WriteAsync(texts["Api.TooOften"], ct);
            };
        });
        return builder;
    }

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
