using System.Security.Claims;
using System.Text.Encodings.Web;
using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Api;

/// <summary><c>Authorization: Bearer hp_…</c>. The rights are read from the database with every request.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ActorService actors, ApiErrors errors)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "ApiToken";
    private const string Prefix = "Bearer ";
    private const int Longest = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length > Longest || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var token = header[Prefix.Length..].Trim();
        if (await actors.FindByTokenAsync(token, Context.RequestAborted) is not { UserId: { } userId } actor)
        {
            return AuthenticateResult.Fail("unknown token");
        }

        Context.Features.Set(new Caller(actor, token));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, userId), new Claim(ClaimTypes.Name, actor.Name)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return errors.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Api.Unauthorized");
    }
}
