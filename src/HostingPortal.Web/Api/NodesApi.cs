using HostingPortal.Domain.Nodes;
using Microsoft.AspNetCore.Mvc;

namespace HostingPortal.Web.Api;

/// <summary>Nodes. What takes longer than a moment answers 202 with the run to watch.</summary>
internal static class NodesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var nodes = api.MapGroup("/nodes").WithTags("Nodes");
        nodes.MapGet("/", ListAsync);
        nodes.MapGet("/{id}", async (Caller caller, string id, NodeQueries queries, CancellationToken ct) => await queries.GetAsync(caller.Actor, id, ct)).WithEtag();
        nodes.MapPost("/", OrderAsync).Produces<OrderedNode>(StatusCodes.Status202Accepted);
        nodes.MapPost("/{id}/converge", async (Caller caller, string id, NodeService service, CancellationToken ct) =>
            StartedRun.Accepted(await service.ConvergeAsync(caller.Actor, id, ct))).Produces<StartedRun>(StatusCodes.Status202Accepted);
        nodes.MapPost("/{id}/check", async (Caller caller, string id, NodeService service, CancellationToken ct) =>
            StartedRun.Accepted(await service.CheckAsync(caller.Actor, id, ct))).Produces<StartedRun>(StatusCodes.Status202Accepted);
        api.MapPost("/projects/{id}/converge", async (Caller caller, string id, NodeService service, CancellationToken ct) =>
            new StartedRuns(await service.ConvergeAllAsync(caller.Actor, id, ct))).WithTags("Nodes");
        nodes.MapPost("/{id}/forget", async (Caller caller, string id, Confirmation body, NodeForgetService service, CancellationToken ct) =>
        {
            await service.ForgetAsync(caller.Actor, id, body.Name ?? "", ct);
            return TypedResults.NoContent();
        }).WithSummary("A node whose server is gone for good; its name confirms");
        nodes.MapDelete("/{id}", async (Caller caller, string id, [FromBody] Confirmation body, NodeService service, CancellationToken ct) =>
            StartedRun.Accepted(await service.DecommissionAsync(caller.Actor, id, body.Name ?? "", ct))).Produces<StartedRun>(StatusCodes.Status202Accepted).WithIfMatch(ReadAsync);
    }

    private static async Task<object> ReadAsync(Caller caller, string id, IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<NodeQueries>().GetAsync(caller.Actor, id, ct);

    private static async Task<ApiPage<NodeRow>> ListAsync(Caller caller, string? projectId, [AsParameters] ApiList list, NodeQueries queries, CancellationToken ct)
    {
        var query = list.ToQuery("name", "project", "price");
        return (await queries.ListAsync(caller.Actor, projectId, query, ct)).ToApi(query);
    }

    private static async Task<IResult> OrderAsync(Caller caller, NewNode body, NodeService service, CancellationToken ct)
    {
        var ordered = await service.OrderAsync(
            caller.Actor,
            new OrderNode(
                body.ProjectId ?? "", body.Name ?? "", body.Template ?? "", body.ServerType ?? "", body.Location ?? "", body.Image ?? "",
                body.ExpectedMonthly, body.OverBudgetReason, body.Fallbacks, body.Backups, body.Protected),
            ct);
        return TypedResults.Accepted($"{ApiSetup.Root}/runs/{ordered.RunId}", ordered);
    }

    /// <param name="ExpectedMonthly">The price that was seen; another one is refused.</param>
    /// <param name="Fallbacks">Taken in this order where Hetzner has sold out, each at the price that was seen.</param>
    /// <param name="Backups">Daily backups by Hetzner, for a share of the server's price.</param>
    /// <param name="Protected">Hetzner refuses to delete the server until the node is deleted here.</param>
    internal sealed record NewNode(
        string? ProjectId, string? Name, string? Template, string? ServerType, string? Location, string? Image, decimal? ExpectedMonthly, string? OverBudgetReason,
        IReadOnlyList<NodeFallback>? Fallbacks, bool Backups = false, bool Protected = false);
}

/// <param name="RunId">Watch it at <c>/runs/{id}</c>.</param>
internal sealed record StartedRun(long RunId)
{
    public static IResult Accepted(long runId) => TypedResults.Accepted($"{ApiSetup.Root}/runs/{runId}", new StartedRun(runId));
}

/// <param name="RunIds">The newest last.</param>
internal sealed record StartedRuns(IReadOnlyList<long> RunIds);

/// <param name="Name">The name of what is deleted, written out.</param>
internal sealed record Confirmation(string? Name);
