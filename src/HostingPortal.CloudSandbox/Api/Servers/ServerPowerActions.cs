using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>Power of a server: each action acts on its machine.</summary>
internal sealed class ServerPowerActions(ServerMachines machines) : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        Map(routes, "poweron", "start_server", ServerStatus.Starting, machines.PowerOnAsync);
        Map(routes, "poweroff", "stop_server", ServerStatus.Stopping, machines.PowerOffAsync);
        Map(routes, "shutdown", "shutdown_server", null, machines.ShutdownAsync);
        Map(routes, "reboot", "reboot_server", null, machines.RebootAsync);
        Map(routes, "reset", "reset_server", null, machines.ResetAsync);
    }

    private static void Map(ApiRoutes routes, string path, string command, string? meanwhile, Func<Server, CancellationToken, Task> work) =>
        routes.Post($"/servers/{{id}}/actions/{path}", call =>
        {
            var server = ServerResource.FindUnlocked(call);
            call.Effect(() => server.Status = meanwhile ?? server.Status);
            return ActionViews.Created(call.Start(command, [new(server.Id, "server")], ct => work(server, ct)));
        });
}
