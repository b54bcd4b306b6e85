using System.Security.Claims;
using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace HostingPortal.Web.Security;

/// <summary>Binds the cookie of a sign-in to its row in the table of sessions.</summary>
internal static class SessionCookie
{
    public const string Claim = "portal-session";

    /// <summary>Set on a request whose sign-in shows more than a password, e.g. a passkey.</summary>
    private const string StrongItem = "portal-strong";

    public static string? SessionId(this ClaimsPrincipal person) => person.FindFirstValue(Claim);

    public static string? UserId(this ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.NameIdentifier);

    public static void MarkStrong(this HttpContext http) => http.Items[StrongItem] = true;

    /// <summary>A cookie that is written anew for the same person in the same browser keeps its session.</summary>
    public static async Task OnSigningIn(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<SessionService>();
        var userId = context.Principal!.UserId()!;
        var strong = http.Items.ContainsKey(StrongItem) || context.Principal!.HasClaim(c => c is { Type: "amr", Value: "mfa" });
        var id = http.User.UserId() == userId ? http.User.SessionId() : null;
        if (id is null || await sessions.FindAsync(id, userId, CancellationToken.None) is null)
        {
            var device = Devices.NameOf(http.Request.Headers.UserAgent.ToString());
            id = await sessions.StartAsync(userId, device, http.Connection.RemoteIpAddress?.ToString(), strong, CancellationToken.None);
        }
        else if (strong)
        {
            await sessions.StrengthenAsync(id, CancellationToken.None);
        }

        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new Claim(Claim, id));
    }

    public static Task OnSigningOut(CookieSigningOutContext context) =>
        context.HttpContext.User.SessionId() is { } id
            ? context.HttpContext.RequestServices.GetRequiredService<SessionService>().CloseAsync(id, CancellationToken.None)
            : Task.CompletedTask;
}
