using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class NetworkTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task LifeCycle_EveryOperation_FitsTheDocument()
    {
        using var project = sandbox.NewProject();
        var path = $"/networks/{(await project.PostAsync("/networks", new { name = "inner", ip_range = "10.0.0.0/16" })).Id("network")}";
        await project.DoneAsync(await project.PostAsync($"{path}/actions/add_subnet", new { type = "cloud", network_zone = "eu-central" }));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/add_subnet", new { type = "cloud", network_zone = "us-east", ip_range = "10.0.9.0/24" }));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/add_route", new { destination = "10.99.0.0/16", gateway = "10.0.0.5" }));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/change_ip_range", new { ip_range = "10.0.0.0/12" }));
        await project.PutAsync(path, new { name = "outer", labels = new { a = "b" } });
        var network = await project.GetAsync(path);
        Assert.Equal(["10.0.0.0/24", "10.0.9.0/24"], network["network"]!.Texts("subnets", "ip_range"));
        Assert.Equal(("outer", "10.0.0.0/12", "10.0.0.5"), (network.Text("network.name"), network.Text("network.ip_range"), network.Text("network.routes.0.gateway")));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/delete_route", new { destination = "10.99.0.0/16", gateway = "10.0.0.5" }));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/delete_subnet", new { ip_range = "10.0.9.0/24" }));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/change_protection", new { delete = true }));
        Assert.Equal("protected", await project.RefusedAsync(HttpMethod.Delete, path, null, 423));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/change_protection", new { delete = false }));
        await project.DeleteAsync(path);
    }

    [Fact]
    public async Task Attach_AliasAndDetach_ChangeTheServersAddresses()
    {
        using var project = sandbox.NewProject();
        var network = (await project.PostAsync("/networks", Samples.Network("inner"))).Id("network");
        var server = $"/servers/{(await project.DoneAsync(await project.PostAsync("/servers", Samples.Server("s")))).Id("server")}";
        await project.DoneAsync(await project.PostAsync($"{server}/actions/attach_to_network", new { network }));
        Assert.Equal("10.0.1.2", (await project.GetAsync(server)).Text("server.private_net.0.ip"));
        Assert.Equal("server_already_attached", await project.RefusedAsync(HttpMethod.Post, $"{server}/actions/attach_to_network", new { network }, 422));
        await project.DoneAsync(await project.PostAsync($"{server}/actions/change_alias_ips", new { network, alias_ips = new[] { "10.0.1.77" } }));
        Assert.Equal("10.0.1.77", (await project.GetAsync(server)).Text("server.private_net.0.alias_ips.0"));
        await project.DoneAsync(await project.PostAsync($"{server}/actions/detach_from_network", new { network }));
        Assert.Empty((await project.GetAsync(server))["server"]!["private_net"]!.AsArray());
    }

    [Fact]
    public async Task CreateServer_InNetwork_TakesTheNextFreeAddress()
    {
        using var project = sandbox.NewProject();
        var network = (await project.PostAsync("/networks", Samples.Network("inner"))).Id("network");
        foreach (var last in new[] { 2, 3 })
        {
            var created = await project.PostAsync("/servers", Samples.Server($"s{last}", networks: new[] { network }));
            Assert.Equal($"10.0.1.{last}", created.Text("server.private_net.0.ip"));
        }

        Assert.Equal(2, (await project.GetAsync($"/networks/{network}"))["network"]!["servers"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("10.0.1.300", "ip_not_available")]
    [InlineData("10.0.7.5", "ip_not_available")]
    [InlineData("10.0.0.1", "ip_not_available")]
    public async Task Attach_AddressThatIsNotFree_IsRefused(string ip, string code)
    {
        using var project = sandbox.NewProject();
        var network = (await project.PostAsync("/networks", Samples.Network("inner"))).Id("network");
        var server = (await project.DoneAsync(await project.PostAsync("/servers", Samples.Server("s")))).Id("server");
        Assert.Equal(code, await project.RefusedAsync(HttpMethod.Post, $"/servers/{server}/actions/attach_to_network", new { network, ip }, 422));
    }

    [Fact]
    public async Task Attach_NetworkWithoutSubnetInTheZone_IsRefused()
    {
        using var project = sandbox.NewProject();
        var network = (await project.PostAsync("/networks", new { name = "bare", ip_range = "10.0.0.0/16" })).Id("network");
        var server = (await project.DoneAsync(await project.PostAsync("/servers", Samples.Server("s")))).Id("server");
        Assert.Equal(
            "no_subnet_available", await project.RefusedAsync(HttpMethod.Post, $"/servers/{server}/actions/attach_to_network", new { network }, 422));
    }

    [Fact]
    public async Task Change_WhileAnotherRuns_IsAConflict()
    {
        using var project = sandbox.NewProject();
        var path = $"/networks/{(await project.PostAsync("/networks", Samples.Network("inner"))).Id("network")}";
        var subnet = new { type = "cloud", network_zone = "eu-central" };
        await project.PostAsync($"{path}/actions/add_subnet", subnet);
        Assert.Equal("conflict", await project.RefusedAsync(HttpMethod.Post, $"{path}/actions/add_subnet", subnet, 409));
    }

    [Theory]
    [InlineData("8.8.0.0/16")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.1/16")]
    [InlineData("fd00::/64")]
    public async Task Create_RangeThatIsNoPrivateIpv4_IsRefused(string range)
    {
        using var project = sandbox.NewProject();
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, "/networks", new { name = "n", ip_range = range }, 422));
    }
}
