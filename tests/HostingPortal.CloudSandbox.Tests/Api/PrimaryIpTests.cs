using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class PrimaryIpTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task LifeCycle_CreateUseAndDelete_FitsTheDocument()
    {
        using var project = sandbox.NewProject();
        var created = await project.PostAsync("/primary_ips", new { name = "keep", type = "ipv4", location = "fsn1", assignee_type = "server" });
        var (id, ip) = (created.Id("primary_ip"), created.Text("primary_ip.ip"));
        await project.DoneAsync(await project.PostAsync($"/primary_ips/{id}/actions/change_dns_ptr", new { ip, dns_ptr = "a.example.com" }));
        await project.PutAsync($"/primary_ips/{id}", new { name = "kept", auto_delete = false, labels = new { a = "b" } });
        var order = new { name = "s", server_type = "cx33", image = "debian-13", location = "fsn1", public_net = new { ipv4 = id, enable_ipv6 = false } };
        var server = await project.DoneAsync(await project.PostAsync("/servers", order));
        Assert.Equal(ip, server.Text("server.public_net.ipv4.ip"));
        Assert.Null(server["server"]!["public_net"]!["ipv6"]);
        Assert.Equal("must_be_unassigned", await project.RefusedAsync(HttpMethod.Delete, $"/primary_ips/{id}", null, 422));
        await project.DoneAsync(await project.DeleteAsync($"/servers/{server.Id("server")}", 200));
        Assert.Null((await project.GetAsync($"/primary_ips/{id}"))["primary_ip"]!["assignee_id"]);
        await project.DoneAsync(await project.PostAsync($"/primary_ips/{id}/actions/change_protection", new { delete = true }));
        Assert.Equal("protected", await project.RefusedAsync(HttpMethod.Delete, $"/primary_ips/{id}", null, 423));
        await project.DoneAsync(await project.PostAsync($"/primary_ips/{id}/actions/change_protection", new { delete = false }));
        await project.DeleteAsync($"/primary_ips/{id}");
    }

    [Fact]
    public async Task CreateServer_WithAddressOfAnotherKindOrPlace_IsRefused()
    {
        using var project = sandbox.NewProject();
        var id = (await project.PostAsync("/primary_ips", new { name = "a", type = "ipv6", location = "nbg1", assignee_type = "server" })).Id("primary_ip");
        object Order(object net) => new { name = "s", server_type = "cx33", image = "debian-13", location = "fsn1", public_net = net };
        Assert.Equal("primary_ip_version_mismatch", await project.RefusedAsync(HttpMethod.Post, "/servers", Order(new { ipv4 = id }), 412));
        Assert.Equal("primary_ip_datacenter_mismatch", await project.RefusedAsync(HttpMethod.Post, "/servers", Order(new { ipv6 = id }), 422));
    }
}
