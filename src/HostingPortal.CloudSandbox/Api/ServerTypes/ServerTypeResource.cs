using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.ServerTypes;

internal sealed class ServerTypeResource(ServerTypeCatalogue types) : IApiResource
{
    /// <summary>Not in the document, but old clients send it.</summary>
    private static readonly SortFields<ServerTypeInfo> Sorts = new(new() { ["id"] = t => t.Id, ["name"] = t => t.Name });

    public void Map(ApiRoutes routes)
    {
        routes.Get("/server_types", call => call.Page(
            "server_types", call.Among("name", types.All, t => t.Name), type => ServerTypeCatalogue.View(call.World, type), Sorts));
        routes.Get("/server_types/{id}", call => Reply.Ok(new
        {
            ServerType = ServerTypeCatalogue.View(call.World, Find(call.Id)),
        }));
    }

    private ServerTypeInfo Find(long id) => types.All.FirstOrDefault(type => type.Id == id) ?? throw ApiErrors.NotFound("server_type", id);
}
