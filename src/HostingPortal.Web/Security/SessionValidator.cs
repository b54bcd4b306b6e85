using System.Security.Claims;
using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Security;

/// <summary>Looks twice a minute whether a cookie's person is unchanged and its session still there.</summary>
internal sealed class SessionValidator(IOptions<SecurityStampValidatorOptions> options, SignInManager<PortalUser> signIn, ILoggerFactory logs, SessionService sessions)
    : SecurityStampValidator<PortalUser>(options, signIn, logs)
{
    protected override async Task<PortalUser?> VerifySecurityStamp(ClaimsPrincipal? principal)
    {
        var user = await base.VerifySecurityStamp(principal);
        return user is not null && principal?.SessionId() is { } id && await sessions.FindAsync(id, user.Id, CancellationToken.None) is not null ? user : null;
    }

    /// <summary>The new principal keeps what Identity does not know: the session and how the person signed in.</summary>
    public static Task KeepSession(SecurityStampRefreshingPrincipalContext context)
    {
        var kept = context.CurrentPrincipal?.Claims.Where(c => c.Type is SessionCookie.Claim or "amr") ?? [];
        ((ClaimsIdentity)context.NewPrincipal!.Identity!).AddClaims(kept.Select(c => c.Clone()));
        return Task.CompletedTask;
    }
}
