using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.Api.Networks;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>Private networks of a server.</summary>
internal sealed class ServerNetworkActions(ServerMachines machines) : IApiResource
{
    private const int MaxNetworks = 3;

    public void Map(ApiRoutes routes)
    {
        routes.Post("/servers/{id}/actions/attach_to_network", Attach);
        routes.Post("/servers/{id}/actions/detach_from_network", Detach);
        routes.Post("/servers/{id}/actions/change_alias_ips", ChangeAliases);
    }

    private Reply Attach(ApiCall call)
    {
        var server = ServerResource.FindUnlocked(call);
        var networkId = call.Body.Number("network", required: true);
        var ip = call.Body.Text("ip");
        var aliases = call.Body.Texts("alias_ips") ?? [];
        var range = call.Body.Text("ip_range");
        call.Body.Check();
        var network = call.Project.Networks.ById(networkId!.Value, "network");
        RequireRoom(call.Project, server, network);
        var attachment = Attachments.Make(call.Project, server, network, ip, aliases, call.World.NewId(), range);
        call.Effect(() => server.Networks.Add(attachment));
        var project = call.Project;
        return ActionViews.Created(call.Start(
            "attach_to_network", On(server, network.Id), ct => machines.AttachAsync(project, server, attachment, ct)));
    }

    private Reply Detach(ApiCall call)
    {
        var server = ServerResource.FindUnlocked(call);
        var attachment = FindAttachment(call, server);
        call.Effect(() => server.Networks.Remove(attachment));
        return ActionViews.Created(call.Start(
            "detach_from_network", On(server, attachment.NetworkId), ct => machines.DetachAsync(server, attachment.NetworkId, ct)));
    }

    private Reply ChangeAliases(ApiCall call)
    {
        var server = ServerResource.FindUnlocked(call);
        var aliases = call.Body.Texts("alias_ips", required: true);
        var attachment = FindAttachment(call, server);
        var network = call.Project.Networks.ById(attachment.NetworkId, "network");
        Attachments.RequireFreeAliases(call.Project, server, network, aliases!);
        call.Effect(() => attachment.AliasIps = [.. aliases!]);
        return ActionViews.Created(call.Start("change_alias_ips", On(server, network.Id)));
    }

    private static Attachment FindAttachment(ApiCall call, Server server)
    {
        var id = call.Body.Number("network", required: true);
        call.Body.Check();
        return server.Networks.Find(n => n.NetworkId == id) ?? throw ApiErrors.NotFound("network", id!);
    }

    private static void RequireRoom(Project project, Server server, Network network)
    {
        if (server.Networks.Exists(n => n.NetworkId == network.Id))
        {
            throw ApiErrors.Unprocessable("server_already_attached", "the server is already attached to the network");
        }

        if (server.Networks.Count >= MaxNetworks)
        {
            throw ApiErrors.LimitReached("networks", "a server has at most 3 networks");
        }

        var wanted = System.Net.IPNetwork.Parse(network.IpRange);
        var present = server.Networks.Select(n => project.Networks.First(other => other.Id == n.NetworkId).IpRange);
        if (present.Any(range => Cidrs.Overlap(System.Net.IPNetwork.Parse(range), wanted)))
        {
            throw ApiErrors.Unprocessable("networks_overlap", "the range of the network overlaps one of the server's networks");
        }
    }

    private static ActionResource[] On(Server server, long networkId) => [new(server.Id, "server"), new(networkId, "network")];
}
