using HostingPortal.Domain.Clients;
using HostingPortal.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>Bearer tokens: made with an e-mail address and its password, listed and ended with a token.</summary>
internal static class TokensApi
{
    private const int DefaultDays = 30;

    public static void Map(RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Tokens");
        tokens.MapPost("/", CreateAsync).AllowAnonymous().RequireRateLimiting(ProtectionSetup.DoorPolicy);
        tokens.MapGet("/", async (Caller caller, TokenService service, CancellationToken ct) => await service.ListAsync(caller.Actor, ct));
        tokens.MapDelete("/{id}", EndAsync);
    }

    private static async Task<CreatedToken> CreateAsync(NewToken body, PasswordCheck check, TokenService tokens, HttpContext http, CancellationToken ct)
    {
        var actor = await check.RequireAsync(body.Email ?? "", body.Password ?? "", body.Code, http.Connection.RemoteIpAddress?.ToString(), ct);
        http.Response.Headers.CacheControl = "no-store";
        return await tokens.CreateAsync(actor, new CreateToken(body.Name ?? "API", body.Scope ?? TokenScope.Write, body.ClientId, body.Days ?? DefaultDays), ct);
    }

    private static async Task<NoContent> EndAsync(Caller caller, string id, TokenService tokens, CancellationToken ct)
    {
        await tokens.EndAsync(caller.Actor, id, ct);
        return TypedResults.NoContent();
    }

    /// <param name="Code">Six digits of the authenticator app or a recovery code, where the account has one.</param>
    /// <param name="Name">What the token is for.</param>
    /// <param name="Scope">Write if left out.</param>
    /// <param name="ClientId">The only client it opens; left out: all the person may see.</param>
    /// <param name="Days">1 to 365; 30 if left out.</param>
    internal sealed record NewToken(string? Email, string? Password, string? Code, string? Name, TokenScope? Scope, string? ClientId, int? Days);
}
