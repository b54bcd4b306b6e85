using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Web.Account;

internal static class AccountEndpoints
{
    public static void MapPortalAccount(this WebApplication app) =>
        app.MapPost("/sign-out", async (SignInManager<PortalUser> signIn, HttpContext http) =>
        {
            // Reading the form makes the anti-forgery check part of the request.
            await http.Request.ReadFormAsync(http.RequestAborted);
            await signIn.SignOutAsync();
            return Results.LocalRedirect("/sign-in");
        }).WithMetadata(new RequireAntiforgery());

    private sealed class RequireAntiforgery : Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata
    {
        public bool RequiresValidation => true;
    }
}
