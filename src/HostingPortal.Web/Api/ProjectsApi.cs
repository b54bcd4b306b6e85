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
        projects.MapGet("/{id}/master", async (Caller caller, string id, MasterQueries queries, CancellationToken ct) => await queries.GetAsync(caller.Actor, id, ct))
            .WithSummary("How the Project Master is right now, asked on the machine");
        Run(projects, "/{id}/master/upgrade-content", "The content this portal ships onto the Project Master; touches no node", (s, c, id, ct) => s.UpgradeContentAsync(c.Actor, id, ct));
        Run(projects, "/{id}/master/rotate-key", "A new key between platform and Project Master", (s, c, id, ct) => s.RotateMasterKeyAsync(c.Actor, id, ct));
        Run(projects, "/{id}/rotate-keys", "A new key to the project's nodes", (s, c, id, ct) => s.RotateNodeKeysAsync(c.Actor, id, ct));
        Run(projects, "/{id}/renew-secrets", "A new vault password, new broker credentials and database passwords, brought to the nodes by a converge", (s, c, id, ct) => s.RenewSecretsAsync(c.Actor, id, ct));
        Run(projects, "/{id}/release", "The nodes of a managed project come back to the platform; the Project Master can be removed afterwards", (s, c, id, ct) => s.ReleaseAsync(c.Actor, id, ct));
        projects.MapPost("/{id}/manage", async (Caller caller, string id, MasterService service, CancellationToken ct) =>
        {
            await service.ManageAsync(caller.Actor, id, ct);
            return TypedResults.NoContent();
        }).WithSummary("Lets a direct project have a Project Master, which is ordered like a node and then takes the project's nodes over");
        Run(projects, "/{id}/check-reach", "Compares who can reach the nodes with what the machines say", (s, c, id, ct) => s.CheckReachAsync(c.Actor, id, ct));
        projects.MapPut("/{id}/master/watch", async (Caller caller, string id, WatchWish body, MasterService service, CancellationToken ct) =>
            StartedRun.Accepted(await service.SetWatchAsync(caller.Actor, id, body.Mode, ct))).Produces<StartedRun>(StatusCodes.Status202Accepted)
            .WithSummary("What the Project Master's timer does while the portal is away");
        projects.MapPost("/{id}/master/rebuild", async (Caller caller, string id, Confirmation body, MasterService service, CancellationToken ct) =>
            TypedResults.Accepted((string?)null, await service.RebuildAsync(caller.Actor, id, body.Name ?? "", ct))).WithSummary("A new Project Master in the place of a lost one; its name confirms");
    }

    private static void Run(RouteGroupBuilder projects, string path, string summary, Func<MasterService, Caller, string, CancellationToken, Task<long>> start) =>
        projects.MapPost(path, async (Caller caller, string id, MasterService service, CancellationToken ct) => StartedRun.Accepted(await start(service, caller, id, ct)))
            .Produces<StartedRun>(StatusCodes.Status202Accepted).WithSummary(summary);

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

    /// <param name="Mode"><c>check</c>, <c>converge</c> or <c>off</c>.</param>
    internal sealed record WatchWish(HostingPortal.Domain.Runs.WatchMode Mode);

    internal sealed record NewProject(string? ClientId, string? AccountId, string? Name, ProjectMode Mode = ProjectMode.Direct);
}
