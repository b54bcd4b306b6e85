using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Hosting;

namespace HostingPortal.Web.Api;

/// <summary>Bearer tokens for an e-mail address and its password.</summary>
internal static class TokensApi
{
    private const int DefaultDays = 30;
    private const int MostDays = 365;

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/tokens", CreateAsync).AllowAnonymous().RequireRateLimiting(ProtectionSetup.DoorPolicy).WithTags("Tokens");

    private static async Task<CreatedToken> CreateAsync(NewToken body, PasswordCheck check, UserService users, HttpContext http, CancellationToken ct)
    {
        var days = body.Days ?? DefaultDays;
        if (days is < 1 or > MostDays)
        {
            throw new RuleViolationException("Token.Days", nameof(body.Days), ("max", MostDays));
        }

        var actor = await check.RequireAsync(body.Email ?? "", body.Password ?? "", http.Connection.RemoteIpAddress?.ToString(), ct);
        http.Response.Headers.CacheControl = "no-store";
        return await users.CreateTokenAsync(actor, body.Name ?? "API", TimeSpan.FromDays(days), ct);
    }

    /// <param name="Name">What the token is for.</param>
    /// <param name="Days">1 to 365; 30 if left out.</param>
    internal sealed record NewToken(string? Email, string? Password, string? Name, int? Days);
}
