using HostingPortal.Domain.Clients;

namespace HostingPortal.Web.Api;

internal static class ClientsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var clients = api.MapGroup("/clients").WithTags("Clients");
        clients.MapGet("/", ListAsync);
        clients.MapGet("/{id}", async (Caller caller, string id, ClientService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct));
        clients.MapPost("/", CreateAsync).Produces<ClientRow>(StatusCodes.Status201Created);
    }

    private static async Task<ApiPage<ClientRow>> ListAsync(Caller caller, [AsParameters] ApiList list, ClientService service, CancellationToken ct)
    {
        var query = list.ToQuery("name", "since");
        return (await service.ListAsync(caller.Actor, query, ct)).ToApi(query);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewClient body, ClientService service, CancellationToken ct)
    {
        var client = await service.CreateAsync(caller.Actor, new CreateClient(body.Name ?? ""), ct);
        return TypedResults.Created($"{ApiSetup.Root}/clients/{client.Id}", client);
    }

    internal sealed record NewClient(string? Name);
}
