using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;

namespace HostingPortal.Web.Api;

internal static class ProjectsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var projects = api.MapGroup("/projects").WithTags("Projects");
        projects.MapGet("/", ListAsync);
        projects.MapGet("/{id}", async (Caller caller, string id, ProjectService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct));
        projects.MapPost("/", CreateAsync).Produces<ProjectRow>(StatusCodes.Status201Created);
        projects.MapGet("/{id}/offer", async (Caller caller, string id, NodeService service, CancellationToken ct) => await service.GetOfferAsync(caller.Actor, id, ct))
            .WithSummary("Types, places and prices one can order now");
        projects.MapGet("/{id}/reach", async (Caller caller, string id, ReachQueries reach, CancellationToken ct) => await reach.GetAsync(caller.Actor, id, ct))
            .WithSummary("Project Master, and who can reach what");
    }

    private static async Task<ApiPage<ProjectRow>> ListAsync(Caller caller, string? clientId, [AsParameters] ApiList list, ProjectService service, CancellationToken ct)
    {
        var query = list.ToQuery("name", "client");
        return (await service.ListAsync(caller.Actor, clientId, query, ct)).ToApi(query);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewProject body, ProjectService service, CancellationToken ct)
    {
        var project = await service.CreateAsync(caller.Actor, new CreateProject(body.ClientId ?? "", body.AccountId ?? "", body.Name ?? "", body.Mode), ct);
        return TypedResults.Created($"{ApiSetup.Root}/projects/{project.Id}", project);
    }

    internal sealed record NewProject(string? ClientId, string? AccountId, string? Name, ProjectMode Mode = ProjectMode.Direct);
}
