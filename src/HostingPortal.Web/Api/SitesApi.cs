using HostingPortal.Domain;
using HostingPortal.Domain.Sites;
using Microsoft.AspNetCore.Mvc;

namespace HostingPortal.Web.Api;

/// <summary>Sites. Every change answers 202 with the run that carries it to the node.</summary>
internal static class SitesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var sites = api.MapGroup("/sites").WithTags("Sites");
        sites.MapGet("/", ListAsync);
        sites.MapGet("/{id}", async (Caller caller, string id, SiteQueries queries, CancellationToken ct) => await queries.GetAsync(caller.Actor, id, ct)).WithEtag();
        sites.MapPost("/", CreateAsync).Produces<SiteStarted>(StatusCodes.Status202Accepted);
        sites.MapPatch("/{id}", async (Caller caller, string id, SiteChange body, SiteService service, CancellationToken ct) =>
            Accepted(await service.ChangeAsync(caller.Actor, id, new ChangeSite(body.Names, body.PhpVersion), ct)))
            .Produces<SiteStarted>(StatusCodes.Status202Accepted).WithIfMatch(ReadAsync);
        sites.MapPost("/{id}/retry", async (Caller caller, string id, SiteService service, CancellationToken ct) =>
            Accepted(await service.RetryAsync(caller.Actor, id, ct))).Produces<SiteStarted>(StatusCodes.Status202Accepted);
        sites.MapDelete("/{id}", async (Caller caller, string id, [FromBody] Confirmation body, SiteService service, CancellationToken ct) =>
            Accepted(await service.DeleteAsync(caller.Actor, id, body.Name ?? "", ct))).Produces<SiteStarted>(StatusCodes.Status202Accepted).WithIfMatch(ReadAsync);
    }

    private static async Task<object> ReadAsync(Caller caller, string id, IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<SiteQueries>().GetAsync(caller.Actor, id, ct);

    private static async Task<ApiPage<SiteRow>> ListAsync(
        Caller caller, string? projectId, string? nodeId, [AsParameters] ApiList list, SiteQueries queries, CancellationToken ct)
    {
        var query = list.ToQuery("name", "since");
        return (await queries.ListAsync(caller.Actor, projectId, nodeId, query, ct)).ToApi(query);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewSite body, SiteService service, CancellationToken ct)
    {
        var kind = body.Kind ?? throw new RuleViolationException("Text.Missing", nameof(body.Kind));
        return Accepted(await service.CreateAsync(caller.Actor, new CreateSite(body.ProjectId ?? "", body.NodeId, body.Names ?? [], kind, body.PhpVersion), ct));
    }

    private static IResult Accepted(SiteStarted started) => TypedResults.Accepted($"{ApiSetup.Root}/runs/{started.RunId}", started);

    /// <param name="NodeId">Left out: the project's only node.</param>
    /// <param name="Names">The first is the main name.</param>
    internal sealed record NewSite(string? ProjectId, string? NodeId, IReadOnlyList<string>? Names, SiteKind? Kind, string? PhpVersion);

    /// <summary>What is left out stays.</summary>
    internal sealed record SiteChange(IReadOnlyList<string>? Names, string? PhpVersion);
}
