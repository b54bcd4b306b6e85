using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HostingPortal.Web.Hosting;

/// <summary><c>/healthz</c>: 200 while the database answers and the portal is not about to end, else 503. Open to everybody, tells nothing else.</summary>
internal sealed class Health(IDbContextFactory<PortalDbContext> contexts, Drain drain) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (drain.Begun)
        {
            return HealthCheckResult.Unhealthy();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
    }
}

internal static class HealthSetup
{
    public static void MapPortalHealth(this WebApplication app) => app.MapHealthChecks("/healthz").AllowAnonymous().DisableRateLimiting();
}
