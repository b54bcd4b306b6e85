using HostingPortal.Domain.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>Domain names of clients and their proof.</summary>
internal static class NamesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var names = api.MapGroup("/names").WithTags("Names");
        names.MapGet("/", ListAsync);
        names.MapGet("/{id}", async (Caller caller, string id, NameService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct));
        names.MapPost("/", AddAsync).Produces<NameRow>(StatusCodes.Status201Created);
        names.MapPost("/{id}/verify", async (Caller caller, string id, NameService service, CancellationToken ct) => await service.VerifyAsync(caller.Actor, id, ct))
            .WithSummary("Looks for the TXT proof now");
        names.MapDelete("/{id}", RemoveAsync);
    }

    private static async Task<ApiPage<NameRow>> ListAsync(Caller caller, string? clientId, [AsParameters] ApiList list, NameService service, CancellationToken ct)
    {
        var query = list.ToQuery("name");
        return (await service.ListAsync(caller.Actor, clientId, query, ct)).ToApi(query);
    }

    private static async Task<IResult> AddAsync(Caller caller, NewName body, NameService service, CancellationToken ct)
    {
        var name = await service.AddAsync(caller.Actor, body.ClientId ?? "", body.Name ?? "", ct);
        return TypedResults.Created($"{ApiSetup.Root}/names/{name.Id}", name);
    }

    private static async Task<NoContent> RemoveAsync(Caller caller, string id, NameService service, CancellationToken ct)
    {
        await service.RemoveAsync(caller.Actor, id, ct);
        return TypedResults.NoContent();
    }

    internal sealed record NewName(string? ClientId, string? Name);
}
