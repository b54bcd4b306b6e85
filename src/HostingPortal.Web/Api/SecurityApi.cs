using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>Browsers the caller is signed in with, and which roles must show more than a password.</summary>
internal static class SecurityApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Security");
        sessions.MapGet("/", async (Caller caller, SessionService service, CancellationToken ct) => await service.ListAsync(caller.Actor, ct));
        sessions.MapDelete("/{id}", EndAsync);
        sessions.MapDelete("/", EndAllAsync).WithSummary("Signs out everywhere");
        var rules = api.MapGroup("/settings/sign-in").WithTags("Security");
        rules.MapGet("/", async (Caller caller, SignInRuleService service, CancellationToken ct) => await service.GetAsync(caller.Actor, ct));
        rules.MapPut("/", SetAsync);
    }

    private static async Task<NoContent> EndAsync(Caller caller, string id, SessionService service, CancellationToken ct)
    {
        caller.Actor.RequireWrite();
        await service.EndAsync(caller.Actor, id, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndAllAsync(Caller caller, SessionService service, CancellationToken ct)
    {
        caller.Actor.RequireWrite();
        await service.EndAllAsync(caller.Actor, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetAsync(Caller caller, SignInRuleSet body, SignInRuleService service, CancellationToken ct)
    {
        await service.SetAsync(caller.Actor, body, ct);
        return TypedResults.NoContent();
    }
}
