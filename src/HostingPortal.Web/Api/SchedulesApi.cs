using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Schedules;

namespace HostingPortal.Web.Api;

/// <summary>Checks and converges by the clock.</summary>
internal static class SchedulesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("/", async (Caller caller, string? projectId, string? nodeId, [AsParameters] ApiList list, ScheduleService service, CancellationToken ct) =>
        {
            var query = list.ToQuery();
            return (await service.ListAsync(caller.Actor, projectId, nodeId, query, ct)).ToApi(query);
        });
        schedules.MapGet("/{id}", async (Caller caller, string id, ScheduleService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct));
        schedules.MapPost("/", CreateAsync).Produces<ScheduleRow>(StatusCodes.Status201Created);
        schedules.MapPatch("/{id}", async (Caller caller, string id, ScheduleChange body, ScheduleService service, CancellationToken ct) =>
        {
            await service.ChangeAsync(caller.Actor, id, new ChangeSchedule(body.Cron, body.Zone, body.Enabled), ct);
            return await service.GetAsync(caller.Actor, id, ct);
        });
        schedules.MapDelete("/{id}", async (Caller caller, string id, ScheduleService service, CancellationToken ct) =>
        {
            await service.RemoveAsync(caller.Actor, id, ct);
            return TypedResults.NoContent();
        });
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewSchedule body, ScheduleService service, CancellationToken ct)
    {
        var kind = body.Kind ?? throw new RuleViolationException("Text.Missing", nameof(body.Kind));
        var id = await service.CreateAsync(caller.Actor, new CreateSchedule(body.ProjectId ?? "", body.NodeId, kind, body.Cron ?? "", body.Zone), ct);
        return TypedResults.Created($"{ApiSetup.Root}/schedules/{id}", await service.GetAsync(caller.Actor, id, ct));
    }

    /// <param name="NodeId">Left out: every node of the project.</param>
    /// <param name="Kind"><c>check</c> or <c>converge</c>.</param>
    /// <param name="Cron">Five fields, e.g. <c>30 3 * * 1-5</c>.</param>
    /// <param name="Zone">IANA name, e.g. <c>Europe/Berlin</c>; left out: UTC.</param>
    internal sealed record NewSchedule(string? ProjectId, string? NodeId, RunKind? Kind, string? Cron, string? Zone);

    /// <summary>What is left out stays.</summary>
    internal sealed record ScheduleChange(string? Cron, string? Zone, bool? Enabled);
}
