using HostingPortal.CloudSandbox.Api.Firewalls;
using HostingPortal.CloudSandbox.Api.ServerTypes;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Servers;

/// <summary>Carries what was asked of a server to its machine, and the server's status along with it.</summary>
internal sealed class ServerMachines(WorldStore store, IMachineHost host, FirewallEffects firewalls, TimeProvider time)
{
    private static readonly TimeSpan RebootPatience = TimeSpan.FromSeconds(30);

    /// <summary>Makes the disk and closes the firewall before the machine gets its first packet.</summary>
    public async Task CreateAsync(Project project, Server server, bool startsNext, CancellationToken ct)
    {
        await host.CreateAsync(Spec(project, server), start: false, ct);
        await firewalls.ApplyAsync(project, server, ct);
        SetStatus(server, startsNext ? ServerStatus.Starting : ServerStatus.Off);
    }

    public async Task PowerOnAsync(Server server, CancellationToken ct)
    {
        SetStatus(server, ServerStatus.Starting);
        if (!host.IsRunning(server.Id))
        {
            await host.PowerOnAsync(server.Id, ct);
        }

        SetStatus(server, ServerStatus.Running);
    }

    public async Task PowerOffAsync(Server server, CancellationToken ct)
    {
        SetStatus(server, ServerStatus.Stopping);
        await host.PowerOffAsync(server.Id, ct);
        SetStatus(server, ServerStatus.Off);
    }

    /// <summary>Only asks; the status follows when the machine is really down.</summary>
    public Task ShutdownAsync(Server server, CancellationToken ct) => host.ShutdownAsync(server.Id, ct);

    public async Task RebootAsync(Server server, CancellationToken ct)
    {
        await host.ShutdownAsync(server.Id, ct);
        var start = time.GetTimestamp();
        while (host.IsRunning(server.Id) && time.GetElapsedTime(start) < RebootPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, ct);
        }

        await ResetAsync(server, ct);
    }

    public async Task ResetAsync(Server server, CancellationToken ct)
    {
        await host.PowerOffAsync(server.Id, ct);
        await PowerOnAsync(server, ct);
    }

    public async Task RebuildAsync(Project project, Server server, CancellationToken ct)
    {
        await host.RebuildAsync(Spec(project, server), ct);
        await firewalls.ApplyAsync(project, server, ct);
        await PowerOnAsync(server, ct);
    }

    public async Task DeleteAsync(Project project, Server server, CancellationToken ct)
    {
        await host.DeleteAsync(server.Id, ct);
        firewalls.Forget(server.Id);
        store.Change(_ =>
        {
            project.Servers.Remove(server);
            project.Firewalls.ForEach(firewall => firewall.ServerIds.Remove(server.Id));
            project.PrimaryIps.RemoveAll(ip => ip.AssigneeId == server.Id && ip.AutoDelete);
            foreach (var ip in project.AddressesOf(server).ToList())
            {
                ip.AssigneeId = null;
            }
        });
    }

    public Task AttachAsync(Project project, Server server, Attachment attachment, CancellationToken ct) =>
        host.AttachNetworkAsync(server.Id, store.Locked(_ => MachineNetwork(project, attachment)), ct);

    public Task DetachAsync(Server server, long networkId, CancellationToken ct) => host.DetachNetworkAsync(server.Id, networkId, ct);

    private void SetStatus(Server server, string status) => store.Change(_ => server.Status = status);

    public MachineSpec Spec(Project project, Server server) => store.Locked(_ =>
    {
        var addresses = project.AddressesOf(server).ToList();
        return new MachineSpec(
            server.Id,
            server.Name,
            server.Image,
            server.UserData,
            server.RootPassword,
            [.. server.SshPublicKeys],
            addresses.Find(ip => ip.Type == "ipv4")?.Ip,
            addresses.Find(ip => ip.Type == "ipv6")?.Ip,
            [.. server.Networks.Select(attachment => MachineNetwork(project, attachment))],
            ServerTypeCatalogue.Get(server.ServerType).Memory * 1024);
    });

    private static MachineNetwork MachineNetwork(Project project, Attachment attachment)
    {
        var network = project.Networks.First(n => n.Id == attachment.NetworkId);
        return new MachineNetwork(network.Id, network.IpRange, attachment.Ip, [.. attachment.AliasIps], Networks.Attachments.Gateway(network));
    }
}
