using System.Text.RegularExpressions;
using HostingPortal.CloudSandbox.Actions;
using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.Api.Networks;
using HostingPortal.CloudSandbox.Api.PrimaryIps;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>POST /servers: everything is checked before anything is made.</summary>
internal sealed partial class ServerOrders(OrderReader reader, ServerViews views, ServerMachines machines, PrimaryIpPool addresses)
{
    public static Regex HostName => HostNamePattern();

    public Reply Create(ApiCall call)
    {
        var order = reader.Read(call);
        var server = Add(call, order);
        var project = call.Project;
        var resource = new State.ActionResource(server.Id, "server");
        var steps = new List<ActionStep> { new("create_server", [resource], ct => machines.CreateAsync(project, server, order.Start, ct)) };
        if (order.Start)
        {
            steps.Add(new ActionStep("start_server", [resource], ct => machines.PowerOnAsync(server, ct)));
        }

        var actions = call.StartChain(steps);
        return Reply.Created(new
        {
            Server = views.View(call, server),
            Action = ActionViews.View(actions[0]),
            NextActions = actions.Skip(1).Select(ActionViews.View).ToArray(),
            server.RootPassword,
        });
    }

    private Server Add(ApiCall call, ServerOrder order)
    {
        var server = new Server
        {
            Id = call.World.NewId(),
            Name = order.Name,
            Created = call.Now,
            ServerType = order.Type.Name,
            Location = order.Location,
            Image = order.Image.Name,
            Labels = order.Labels,
            UserData = order.UserData,
            RootPassword = order.Keys.Count == 0 ? Passwords.New() : null,
            SshPublicKeys = [.. order.Keys.Select(key => key.PublicKey)],
            DiskGigabytes = order.Type.Disk,
        };
        addresses.Give(call, server, "ipv4", order.Ipv4, order.Ipv4Id);
        addresses.Give(call, server, "ipv6", order.Ipv6, order.Ipv6Id);
        foreach (var network in order.Networks)
        {
            server.Networks.Add(Attachments.Make(call.Project, server, network, wantedIp: null, [], call.World.NewId()));
        }

        order.Firewalls.ForEach(firewall => firewall.ServerIds.Add(server.Id));
        call.Project.Servers.Add(server);
        return server;
    }

    [GeneratedRegex(@"^(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$")]
    private static partial Regex HostNamePattern();
}
