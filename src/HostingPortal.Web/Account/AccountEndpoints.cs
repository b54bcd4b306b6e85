using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Hosting;
using HostingPortal.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HostingPortal.Web.Account;

/// <summary>What static account pages post to, besides themselves.</summary>
internal static class AccountEndpoints
{
    private static readonly RequireAntiforgeryTokenAttribute Guarded = new();

    public static void MapPortalAccount(this WebApplication app)
    {
        app.MapPost("/sign-out", SignOutAsync).WithMetadata(Guarded);
        app.MapPost("/sign-in/passkey", RequestAsync).AllowAnonymous().RequireRateLimiting(ProtectionSetup.DoorPolicy).WithMetadata(Guarded);
        app.MapPost("/account/passkeys/options", CreateAsync).WithMetadata(Guarded);
        app.MapPost("/act", ActAsync).WithMetadata(Guarded);
        app.MapPost("/act/stop", StopAsync).WithMetadata(Guarded);
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? next, SignInManager<PortalUser> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(next is null ? "/sign-in" : Preferences.LocalPath(next));
    }

    /// <summary>Options for <c>navigator.credentials.get</c>: any passkey of this portal.</summary>
    private static async Task<IResult> RequestAsync([FromForm] string? unused, SignInManager<PortalUser> signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    /// <summary>Options for <c>navigator.credentials.create</c>.</summary>
    private static async Task<IResult> CreateAsync([FromForm] string? unused, HttpContext http, SignInManager<PortalUser> signIn)
    {
        if (await signIn.UserManager.GetUserAsync(http.User) is not { } user)
        {
            return Results.NotFound();
        }

        var person = new PasskeyUserEntity { Id = user.Id, Name = user.Email!, DisplayName = user.DisplayName };
        return Results.Content(await signIn.MakePasskeyCreationOptionsAsync(person), "application/json");
    }

    private static async Task<IResult> ActAsync([FromForm] string clientId, HttpContext http, ActorService actors, SessionService sessions, CancellationToken ct)
    {
        try
        {
            var session = http.User.SessionId() ?? throw new NotFoundException();
            var actor = await actors.FindBySessionAsync(session, ct) ?? throw new NotFoundException();
            await sessions.ActAsync(actor, session, clientId, ct);
            return Results.LocalRedirect("/");
        }
        catch (Exception error) when (error is NotFoundException or RuleViolationException)
        {
            return Results.NotFound();
        }
    }

    private static async Task<IResult> StopAsync([FromForm] string? unused, HttpContext http, ActorService actors, SessionService sessions, CancellationToken ct)
    {
        if (http.User.SessionId() is not { } session || await actors.FindBySessionAsync(session, ct) is not { } actor)
        {
            return Results.NotFound();
        }

        await sessions.StopActingAsync(actor, session, ct);
        return Results.LocalRedirect(actor.ActingFor is { } client ? $"/clients/{client.ClientId}" : "/");
    }
}
