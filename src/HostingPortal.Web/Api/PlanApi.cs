using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Sites;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>Limits and suspension of a client, for admins.</summary>
internal static class PlanApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var plan = api.MapGroup("/clients/{id}").WithTags("Clients");
        plan.MapGet("/plan", async (Caller caller, string id, ClientPlanService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct)).WithEtag();
        plan.MapPut("/quota", SetAsync).WithIfMatch(async (caller, id, services, ct) => await services.GetRequiredService<ClientPlanService>().GetAsync(caller.Actor, id, ct));
        plan.MapPost("/suspend", SuspendAsync).Produces<StartedRuns>(StatusCodes.Status202Accepted).WithSummary("The client's people may look but change nothing");
        plan.MapPost("/resume", ResumeAsync).Produces<StartedRuns>(StatusCodes.Status202Accepted);
    }

    private static async Task<NoContent> SetAsync(Caller caller, string id, ClientQuota body, ClientPlanService service, CancellationToken ct)
    {
        await service.SetQuotaAsync(caller.Actor, id, body, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SuspendAsync(Caller caller, string id, Suspension body, SuspensionService service, CancellationToken ct)
    {
        return TypedResults.Accepted((string?)null, new StartedRuns(await service.SuspendAsync(caller.Actor, id, body.Reason ?? "", body.SitesServe ?? true, ct)));
    }

    private static async Task<IResult> ResumeAsync(Caller caller, string id, SuspensionService service, CancellationToken ct) =>
        TypedResults.Accepted((string?)null, new StartedRuns(await service.ResumeAsync(caller.Actor, id, ct)));

    /// <param name="Reason">One sentence the client's people read.</param>
    /// <param name="SitesServe">Left out: they do; otherwise they answer 503 until the client is resumed.</param>
    internal sealed record Suspension(string? Reason, bool? SitesServe);
}
