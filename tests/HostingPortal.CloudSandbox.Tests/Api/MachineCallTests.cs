using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.CloudSandbox.Tests.Api;

/// <summary>What the API asks of the machines behind it.</summary>
public sealed class MachineCallTests : IAsyncLifetime
{
    private readonly RecordingMachines _machines = new();
    private SandboxServer _server = null!;
    private ApiClient _project = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(SandboxFixture.Options, services => services.AddSingleton<IMachineHost>(_machines), default);
        _project = new ApiClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _project.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Create_HandsOverUserDataKeysAndAddresses()
    {
        var key = Samples.PublicKey();
        await _project.PostAsync("/ssh_keys", new { name = "k", public_key = key });
        var network = (await _project.PostAsync("/networks", Samples.Network("n"))).Id("network");
        var created = await _project.DoneAsync(await _project.PostAsync("/servers", new
        {
            name = "s", server_type = "cx33", image = "debian-12", ssh_keys = new[] { "k" }, user_data = "#cloud-config\n", networks = new[] { network },
        }));
        var spec = _machines.Specs[created.Id("server")];
        Assert.Equal(("s", "debian-12", "#cloud-config\n", 8192), (spec.Name, spec.Image, spec.UserData, spec.MemoryMegabytes));
        Assert.Equal(key, Assert.Single(spec.SshPublicKeys));
        Assert.Null(spec.RootPassword);
        Assert.Equal((created.Text("server.public_net.ipv4.ip"), created.Text("server.public_net.ipv6.ip")), (spec.PublicIpv4, spec.PublicIpv6));
        var attached = Assert.Single(spec.Networks);
        Assert.Equal((network, "10.0.0.0/16", "10.0.1.2", "10.0.0.1"), (attached.NetworkId, attached.IpRange, attached.Ip, attached.Gateway));
    }

    [Fact]
    public async Task Create_WithFirewall_ClosesItBeforeTheMachineStarts()
    {
        var firewall = (await _project.PostAsync("/firewalls", new { name = "f", rules = new[] { Samples.Rule("22") } })).Id("firewall");
        var order = new { name = "s", server_type = "cx33", image = "debian-13", firewalls = new[] { new { firewall } } };
        await _project.DoneAsync(await _project.PostAsync("/servers", order));
        await ExpectAsync("create", "firewall in tcp 22 0.0.0.0/0,::/0", "power on");
    }

    [Fact]
    public async Task Firewalls_RulesSelectorsAndLabels_ReachTheMachine()
    {
        var server = await RunningAsync();
        var created = await _project.PostAsync(
            "/firewalls", new { name = "f", rules = new[] { Samples.Rule("80") }, apply_to = new[] { Samples.OnLabels("role=web") } });
        var rest = $"/firewalls/{created.Id("firewall")}/actions";
        await _project.PutAsync(server, new { labels = new { role = "web" } });
        await ExpectAsync("firewall in tcp 80 0.0.0.0/0,::/0");
        await _project.DoneAsync(await _project.PostAsync($"{rest}/set_rules", new { rules = new[] { Samples.Rule("any") } }));
        await ExpectAsync("firewall in tcp 1-65535 0.0.0.0/0,::/0");
        await _project.DoneAsync(await _project.PostAsync($"{rest}/set_rules", new { rules = Array.Empty<object>() }));
        await ExpectAsync("firewall");
        await _project.PutAsync(server, new { labels = new { } });
        await ExpectAsync("firewall none");
    }

    [Fact]
    public async Task TwoFirewalls_GiveTheUnionOfTheirRules()
    {
        var server = await RunningAsync();
        var target = new[] { Samples.OnServer(long.Parse(server.Split('/')[2], null)) };
        await _project.DoneAsync(await _project.PostAsync("/firewalls", new { name = "a", rules = new[] { Samples.Rule("80") }, apply_to = target }));
        var outward = new { direction = "out", protocol = "icmp", destination_ips = new[] { "::/0" } };
        await _project.DoneAsync(await _project.PostAsync("/firewalls", new { name = "b", rules = new[] { outward }, apply_to = target }));
        await ExpectAsync("firewall in tcp 80 0.0.0.0/0,::/0", "firewall in tcp 80 0.0.0.0/0,::/0; out icmp  ::/0");
    }

    [Fact]
    public async Task Actions_ReachTheMachine()
    {
        var server = await RunningAsync();
        var network = (await _project.PostAsync("/networks", Samples.Network("n"))).Id("network");
        await ActAsync(server, "attach_to_network", new { network }, "attach 10.0.0.0/16 10.0.1.2 via 10.0.0.1");
        await ActAsync(server, "detach_from_network", new { network }, "detach");
        await ActAsync(server, "reboot", null, "shutdown", "power off", "power on");
        await ActAsync(server, "shutdown", null, "shutdown");
        await ActAsync(server, "poweron", null, "power on");
        await ActAsync(server, "reset", null, "power off", "power on");
        await ActAsync(server, "rebuild", new { image = "debian-12" }, "rebuild debian-12");
        await ActAsync(server, "poweroff", null, "power off");
        await _project.DoneAsync(await _project.DeleteAsync(server, 200));
        await ExpectAsync("delete");
    }

    [Fact]
    public async Task MachineThatStopsByItself_ReadsAsOff()
    {
        var server = await RunningAsync();
        await _machines.PowerOffAsync(long.Parse(server.Split('/')[2], null), default);
        Assert.Equal("off", (await _project.GetAsync(server)).Text("server.status"));
    }

    [Fact]
    public async Task MachineThatCannotBeMade_FailsBothActionsWithItsReason()
    {
        _machines.Refusal = "the disk is full";
        var created = await _project.PostAsync("/servers", Samples.Server("s"));
        foreach (var action in new[] { "action", "next_actions.0" })
        {
            var ended = await _project.EndedAsync(created.Id(action));
            Assert.Equal(("error", "the disk is full"), (ended.Text("status"), ended.Text("error.message")));
        }

        await _project.DoneAsync(await _project.DeleteAsync($"/servers/{created.Id("server")}", 200));
    }

    private async Task<string> RunningAsync()
    {
        var created = await _project.DoneAsync(await _project.PostAsync("/servers", Samples.Server("s")));
        await ExpectAsync("create", "firewall none", "power on");
        return $"/servers/{created.Id("server")}";
    }

    private async Task ActAsync(string server, string action, object? body, params string[] calls)
    {
        await _project.DoneAsync(await _project.PostAsync($"{server}/actions/{action}", body));
        await ExpectAsync(calls);
    }

    private async Task ExpectAsync(params string[] calls)
    {
        foreach (var call in calls)
        {
            Assert.Equal(call, await _machines.NextAsync());
        }
    }
}
