using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>Servers themselves; their actions have files of their own.</summary>
internal sealed class ServerResource(ServerOrders orders, ServerViews views, ServerMachines machines) : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/servers", List);
        routes.Post("/servers", orders.Create);
        routes.Get("/servers/{id}", call => Reply.Ok(new { Server = views.View(call, Find(call)) }));
        routes.Put("/servers/{id}", Update);
        routes.Delete("/servers/{id}", Delete);
    }

    public static Server Find(ApiCall call) => call.Project.Servers.ById(call.Id, "server");

    /// <summary>Finds the server an action is asked of and refuses while another one runs.</summary>
    public static Server FindUnlocked(ApiCall call)
    {
        var server = Find(call);
        return call.IsBusy("server", server.Id) ? throw ApiErrors.Locked("server") : server;
    }

    private Reply List(ApiCall call) => call.Page(
        "servers",
        call.Among("status", call.Filter(call.Project.Servers), views.StatusOf),
        server => views.View(call, server),
        SortFields.Common<Server>());

    private Reply Update(ApiCall call)
    {
        var server = Find(call);
        var name = call.Body.Text("name", min: 1, pattern: ServerOrders.HostName);
        var labels = call.Body.Labels();
        call.Body.Check();
        call.Project.Servers.RequireFreeName(name, "server", server.Id);
        server.Name = name ?? server.Name;
        server.Labels = labels ?? server.Labels;
        return Reply.Ok(new { Server = views.View(call, server) });
    }

    private Reply Delete(ApiCall call)
    {
        var server = FindUnlocked(call);
        if (server.DeleteProtected)
        {
            throw ApiErrors.Protected("server", "deletion");
        }

        var project = call.Project;
        var before = server.Status;
        server.Status = call.ActionFault is null ? ServerStatus.Deleting : before;
        var action = call.Start("delete_server", [new(server.Id, "server")], ct => machines.DeleteAsync(project, server, ct));
        return Reply.Ok(new { Action = ActionViews.View(action) });
    }
}
