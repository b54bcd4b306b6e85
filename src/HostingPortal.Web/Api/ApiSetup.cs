using System.Text.Json;
using System.Text.Json.Serialization;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace HostingPortal.Web.Api;

/// <summary>
/// The REST API below <c>/api/v1</c>: bearer tokens only, problem details for every refusal, OpenAPI at <c>/openapi/v1.json</c>, readable at <c>/api/docs</c>.
/// Cookies are not looked at, so a page elsewhere cannot use a visitor's sign-in.
/// </summary>
internal static class ApiSetup
{
    public const string Root = "/api/v1";
    private const long LargestBody = 64 * 1024;

    public static WebApplicationBuilder AddPortalApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
        services.AddAuthorizationBuilder().AddPolicy(TokenAuthentication.Scheme, policy => policy.AddAuthenticationSchemes(TokenAuthentication.Scheme).RequireAuthenticatedUser());
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<ApiErrors>().AddSingleton<OnceOnly>().AddScoped<PasswordCheck>();
        return builder.AddApiLimits().AddApiDescription();
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseWhen(http => Belongs(http.Request.Path), branch => branch.UseMiddleware<ApiErrors>().UseMiddleware<OnceOnly>());
        var api = app.MapGroup(Root)
            .RequireAuthorization(TokenAuthentication.Scheme)
            .RequireRateLimiting(ApiLimits.Caller)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        MeApi.Map(api);
        TokensApi.Map(api);
        SetupApi.Map(api);
        UsersApi.Map(api);
        TeamApi.Map(api);
        SecurityApi.Map(api);
        PlanApi.Map(api);
        ClientsApi.Map(api);
        AccountsApi.Map(api);
        ProjectsApi.Map(api);
        NodesApi.Map(api);
        NamesApi.Map(api);
        SitesApi.Map(api);
        RunsApi.Map(api);
        RunLogApi.Map(api);
        SchedulesApi.Map(api);
        CertificatesApi.Map(api);
        NotificationsApi.Map(api);
        HistoryApi.Map(api);
        DashboardApi.Map(api);
        SearchApi.Map(api);
        api.Map("/{**rest}", (HttpContext _) => { throw new Domain.NotFoundException(); }).ExcludeFromDescription();
        DnsChallengeApi.Map(app);
        RunFiles.Map(app);
        AuditDownload.Map(app);
        app.MapApiDescription();
    }

    /// <summary>True for addresses that answer with problem details instead of pages.</summary>
    public static bool Belongs(PathString path) => path.StartsWithSegments(Root) || path.StartsWithSegments(DnsChallengeApi.Root);
}
