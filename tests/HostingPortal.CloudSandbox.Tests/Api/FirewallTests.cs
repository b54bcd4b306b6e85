using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class FirewallTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task LifeCycle_EveryOperation_FitsTheDocument()
    {
        using var project = sandbox.NewProject();
        var server = (await project.DoneAsync(await project.PostAsync("/servers", Samples.Server("s", new { env = "prod" })))).Id("server");
        var created = await project.PostAsync("/firewalls", new { name = "web", rules = new[] { Samples.Rule("80") }, apply_to = new[] { Samples.OnServer(server) } });
        await project.DoneAsync(created);
        var path = $"/firewalls/{created.Id("firewall")}";
        Assert.Equal("applied", (await project.GetAsync($"/servers/{server}")).Text("server.public_net.firewalls.0.status"));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/set_rules", new { rules = new[] { Samples.Rule("443"), Samples.Rule("8000-8080") } }));
        await project.DoneAsync(await project.PostAsync($"{path}/actions/apply_to_resources", new { apply_to = new[] { Samples.OnLabels("env=prod") } }));
        await project.PutAsync(path, new { name = "edge", labels = new { a = "b" } });
        var firewall = await project.GetAsync(path);
        Assert.Equal(["443", "8000-8080"], firewall["firewall"]!.Texts("rules", "port"));
        Assert.Equal(["server", "label_selector"], firewall["firewall"]!.Texts("applied_to", "type"));
        Assert.Equal("resource_in_use", await project.RefusedAsync(HttpMethod.Delete, path, null, 422));
        var both = new { remove_from = new[] { Samples.OnServer(server), Samples.OnLabels("env=prod") } };
        await project.DoneAsync(await project.PostAsync($"{path}/actions/remove_from_resources", both));
        Assert.NotEmpty((await project.GetAsync($"{path}/actions"))["actions"]!.AsArray());
        await project.DeleteAsync(path);
    }

    [Fact]
    public async Task Apply_UnknownServer_HasAStatusOfItsOwnPerOperation()
    {
        using var project = sandbox.NewProject();
        var target = new[] { Samples.OnServer(999) };
        Assert.Equal("firewall_resource_not_found", await project.RefusedAsync(HttpMethod.Post, "/firewalls", new { name = "f", apply_to = target }, 422));
        var id = (await project.PostAsync("/firewalls", new { name = "f" })).Id("firewall");
        Assert.Equal(
            "firewall_resource_not_found",
            await project.RefusedAsync(HttpMethod.Post, $"/firewalls/{id}/actions/apply_to_resources", new { apply_to = target }, 404));
    }

    [Fact]
    public async Task Remove_ServerThatASelectorMatches_IsRefused()
    {
        using var project = sandbox.NewProject();
        var server = (await project.PostAsync("/servers", Samples.Server("s", new { env = "prod" }))).Id("server");
        var id = (await project.PostAsync("/firewalls", new { name = "f", apply_to = new[] { Samples.OnLabels("env") } })).Id("firewall");
        var code = await project.RefusedAsync(
            HttpMethod.Post, $"/firewalls/{id}/actions/remove_from_resources", new { remove_from = new[] { Samples.OnServer(server) } }, 422);
        Assert.Equal("firewall_managed_by_label_selector", code);
    }

    [Theory]
    [InlineData("tcp", null, "0.0.0.0/0")]
    [InlineData("icmp", "80", "0.0.0.0/0")]
    [InlineData("tcp", "99999", "0.0.0.0/0")]
    [InlineData("tcp", "90-80", "0.0.0.0/0")]
    [InlineData("tcp", "80", "10.0.0.1/8")]
    [InlineData("tcp", "80", "10.0.0.1")]
    [InlineData("tcp", "80", null)]
    public async Task Create_WrongRule_IsRefused(string protocol, string? port, string? source)
    {
        using var project = sandbox.NewProject();
        var sources = source is null ? Array.Empty<string>() : [source];
        var rules = new[] { new { direction = "in", protocol, port, source_ips = sources } };
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, "/firewalls", new { name = "f", rules }, 422));
    }

    [Fact]
    public async Task Create_MoreThan50Rules_IsRefused()
    {
        using var project = sandbox.NewProject();
        var rules = Enumerable.Range(1, 51).Select(port => Samples.Rule($"{port}"));
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, "/firewalls", new { name = "f", rules }, 422));
    }
}
