using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Api;

internal static class RunsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("/", ListAsync);
        runs.MapGet("/{id:long}", async (Caller caller, long id, RunService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct));
        runs.MapPost("/{id:long}/cancel", CancelAsync).Produces<StartedRun>(StatusCodes.Status202Accepted);
        runs.MapPost("/{id:long}/retry-failed", async (Caller caller, long id, RunAgainService again, CancellationToken ct) =>
            StartedRun.Accepted(await again.RetryFailedAsync(caller.Actor, id, ct))).Produces<StartedRun>(StatusCodes.Status202Accepted);
        runs.MapPost("/{id:long}/repeat", async (Caller caller, long id, RunAgainService again, CancellationToken ct) =>
            StartedRun.Accepted(await again.RepeatAsync(caller.Actor, id, ct))).Produces<StartedRun>(StatusCodes.Status202Accepted);
        runs.MapPost("/{id:long}/check", async (Caller caller, long id, RunAgainService again, CancellationToken ct) =>
            StartedRun.Accepted(await again.CheckAsync(caller.Actor, id, ct))).Produces<StartedRun>(StatusCodes.Status202Accepted);
        runs.MapPost("/{id:long}/retry", async (Caller caller, long id, RunService service, CancellationToken ct) =>
            StartedRun.Accepted(await service.RetryAsync(caller.Actor, id, ct))).Produces<StartedRun>(StatusCodes.Status202Accepted);
    }

    private static async Task<ApiPage<RunRow>> ListAsync(Caller caller, [AsParameters] Filter filter, [AsParameters] ApiList list, RunService service, CancellationToken ct)
    {
        var query = list.ToQuery("id");
        return (await service.ListAsync(caller.Actor, new RunFilter(filter.ProjectId, filter.ClientId, filter.NodeId, filter.State), query, ct)).ToApi(query);
    }

    private static async Task<IResult> CancelAsync(Caller caller, long id, RunService service, CancellationToken ct)
    {
        await service.CancelAsync(caller.Actor, id, ct);
        return TypedResults.Accepted($"{ApiSetup.Root}/runs/{id}", new StartedRun(id));
    }

    internal sealed record Filter
    {
        public string? ProjectId { get; init; }

        public string? ClientId { get; init; }

        public string? NodeId { get; init; }

        /// <summary>Any of these; may be given several times.</summary>
        public RunState[]? State { get; init; }
    }
}
