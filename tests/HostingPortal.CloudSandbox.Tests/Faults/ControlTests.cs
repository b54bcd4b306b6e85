using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Faults;

public sealed class ControlTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Requests_CountsCallsByTemplateForOneToken()
    {
        using var project = sandbox.NewProject();
        using var control = new Control(sandbox.Server);
        var id = (await project.PostAsync("/ssh_keys", Samples.SshKey("k"))).Id("ssh_key");
        await project.GetAsync($"/ssh_keys/{id}");
        await project.RefusedAsync(HttpMethod.Get, "/ssh_keys/1", null, 404);
        var counted = await control.GetAsync($"requests?token={project.Token}");
        Assert.Equal("3", counted.Text("total"));
        Assert.Equal(("GET", "/ssh_keys/{id}", "2"), (counted.Text("requests.0.method"), counted.Text("requests.0.path"), counted.Text("requests.0.count")));
    }

    [Fact]
    public async Task Info_WithoutMachines_SaysWhy()
    {
        using var control = new Control(sandbox.Server);
        var info = await control.GetAsync("info");
        Assert.Equal($"{sandbox.Server.Root.Port}", info.Text("port"));
        Assert.Equal("false", info.Text("machines.real"));
        Assert.NotEmpty(info.Text("machines.reason")!);
        Assert.Equal(("127.77.0.0/16", "127.77.0.1"), (info.Text("publicIpv4Range"), info.Text("gateway")));
    }

    [Fact]
    public async Task ServerType_SoldOutAndRepriced_ShowsInListAndOrder()
    {
        using var project = sandbox.NewProject();
        using var control = new Control(sandbox.Server);
        await control.PutAsync("server-types/cpx22/locations/nbg1", new { available = false });
        await control.PutAsync("server-types/cpx22/locations/nbg1/price", new { monthly_net = "9.87" });
        var type = (await project.GetAsync("/server_types?name=cpx22"))["server_types"]![0]!;
        Assert.Equal("false", type["locations"]!.AsArray().Single(l => l!.Text("name") == "nbg1")!.Text("available"));
        Assert.Equal("9.8700000000", type["prices"]!.AsArray().Single(p => p!.Text("location") == "nbg1")!.Text("price_monthly.net"));
        var order = new { name = "s", server_type = "cpx22", image = "debian-13", location = "nbg1" };
        Assert.Equal("resource_unavailable", await project.RefusedAsync(HttpMethod.Post, "/servers", order, 412));
        await control.PutAsync("server-types/cpx22/locations/nbg1", new { available = true });
        await project.DoneAsync(await project.PostAsync("/servers", order));
    }

    [Fact]
    public async Task RateLimit_Resized_HoldsFromTheNextCall()
    {
        await using var server = await SandboxServer.StartAsync(SandboxFixture.Options);
        using var project = new ApiClient(server);
        using var control = new Control(server);
        await control.PutAsync("rate-limit", new { limit = 1 });
        await project.GetAsync("/locations");
        Assert.Equal("rate_limit_exceeded", await project.RefusedAsync(HttpMethod.Get, "/locations", null, 429));
    }
}
