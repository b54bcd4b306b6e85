using HostingPortal.Domain;
using HostingPortal.Web.Security;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Hosting;

/// <summary>The order of the middleware.</summary>
internal static class PipelineSetup
{
    public static WebApplication UsePortalPipeline(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UsePortalPath();
        app.UseSecurityHeaders(ProtectionSetup.Headers(app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.BaseUrl.StartsWith("https://", StringComparison.Ordinal)));
        app.UsePortalRequestLogging();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseMiddleware<StrongDoor>();
        return app;
    }
}
