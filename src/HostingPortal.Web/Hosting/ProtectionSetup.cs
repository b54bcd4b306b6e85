using System.Globalization;
using System.Threading.RateLimiting;
using HostingPortal.Web.Api;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Hosting;

/// <summary>What keeps strangers out: headers, rate limits, anti-forgery, forwarded headers from known proxies only.</summary>
internal static class ProtectionSetup
{
    /// <summary>Sign-in, set-up and invitations: tries per address and minute.</summary>
    public const string DoorPolicy = "door";
    private const int DoorTries = 20;
    private const string TooOften = "Api.TooOften";

    public static WebApplicationBuilder AddPortalProtection(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAntiforgery(options => options.Cookie.Name = "portal-form");
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = StrangerLimits.Create();
            limits.OnRejected = RefuseAsync;
            limits.AddPolicy(DoorPolicy, http => HttpMethods.IsPost(http.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    Address(http),
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = DoorTries, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("read"));
        });
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustKnownProxies>();
        return builder;
    }

    public static HeaderPolicyCollection Headers(bool https) => new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddPermissionsPolicy(policy =>
        {
            policy.AddDefaultSecureDirectives();
            policy.AddPublickeyCredentialsCreate().Self();
            policy.AddPublickeyCredentialsGet().Self();
        })
        .RemoveServerHeader()
        .AddStrictTransport(https)
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().Self();
            csp.AddScriptSrc().Self();
            csp.AddStyleSrc().Self().UnsafeInline(); // MudBlazor writes its palette into a style element.
            csp.AddImgSrc().Self().Data();
            csp.AddFontSrc().Self();
            csp.AddConnectSrc().Self();
            csp.AddObjectSrc().None();
            csp.AddBaseUri().Self();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
        });

    private static HeaderPolicyCollection AddStrictTransport(this HeaderPolicyCollection headers, bool https) =>
        https ? headers.AddStrictTransportSecurityMaxAgeIncludeSubDomains() : headers;

    public static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken ct)
    {
        var http = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(5);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (ApiSetup.Belongs(http.Request.Path))
        {
            await http.RequestServices.GetRequiredService<ApiErrors>().WriteAsync(http, StatusCodes.Status429TooManyRequests, TooOften);
            return;
        }

        // Plain text: a page would cost what the limit is there to save.
        await http.Response.WriteAsync(http.RequestServices.GetRequiredService<Texts>()[TooOften], ct);
    }

    private sealed class TrustKnownProxies(IOptions<ProxyOptions> proxies) : IConfigureOptions<ForwardedHeadersOptions>
    {
        public void Configure(ForwardedHeadersOptions options)
        {
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            options.ForwardedHeaders = ForwardedHeaders.None;
            foreach (var proxy in proxies.Value.KnownProxies)
            {
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
                options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            }
        }
    }
}
