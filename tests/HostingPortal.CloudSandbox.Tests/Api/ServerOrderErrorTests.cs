using System.Text.Json.Nodes;
using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class ServerOrderErrorTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("""{"server_type":"cx33","image":"debian-13"}""", 422, "invalid_input", "name")]
    [InlineData("""{"name":"under_score","server_type":"cx33","image":"debian-13"}""", 422, "invalid_input", "name")]
    [InlineData("""{"name":"a","server_type":"cx99","image":"debian-13"}""", 422, "invalid_input", "server_type")]
    [InlineData("""{"name":"a","server_type":"cx33","image":"windows"}""", 422, "invalid_input", "image")]
    [InlineData("""{"name":"a","server_type":"cax21","image":310557660,"location":"fsn1"}""", 422, "invalid_input", "image")]
    [InlineData("""{"name":"a","server_type":"cx33","image":"debian-13","location":"sin"}""", 422, "invalid_input", "location")]
    [InlineData("""{"name":"a","server_type":"cx33","image":"debian-13","labels":{"-x":"y"}}""", 422, "invalid_input", "labels.-x")]
    [InlineData("""{"name":"a","server_type":"cx33","image":"debian-13","ssh_keys":["nobody"]}""", 404, "not_found", null)]
    [InlineData("""{"name":"a","server_type":"cx33","image":"debian-13","networks":[5]}""", 404, "not_found", null)]
    [InlineData("""{"name":"a","server_type":"cx33","image":"debian-13","networks":["x"]}""", 422, "invalid_input", "networks")]
    [InlineData("""{"name":"a","server_type":"cx33","image":"debian-13","volumes":[7]}""", 404, "not_found", null)]
    [InlineData("""{"name":["a"],"server_type":{},"image":7.5,"labels":[],"public_net":"no","firewalls":[{}]}""", 422, "invalid_input", "name")]
    [InlineData("""[]""", 422, "invalid_input", "name")]
    [InlineData("""{"name":"a","server_type":"cx23","image":"debian-13","location":"hel1"}""", 412, "resource_unavailable", null)]
    [InlineData("""{"name":"a","server_type":"cx33","image":"debian-13","public_net":{"enable_ipv4":false,"enable_ipv6":false}}""", 422, "invalid_input", "public_net")]
    public async Task Create_WrongOrder_IsRefusedAndMakesNothing(string order, int status, string code, string? field)
    {
        using var project = sandbox.NewProject();
        var (response, body) = await project.SendAsync(HttpMethod.Post, "/servers", JsonNode.Parse(order));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, body!.Text("error.code"));
        Assert.Equal(field, body!.Text("error.details.fields.0.name"));
        Assert.Empty((await project.GetAsync("/servers"))["servers"]!.AsArray());
        Assert.Empty((await project.GetAsync("/primary_ips"))["primary_ips"]!.AsArray());
    }

    [Fact]
    public async Task Create_NameTaken_IsAUniquenessError()
    {
        using var project = sandbox.NewProject();
        await project.PostAsync("/servers", Samples.Server("twice"));
        var (_, body) = await project.SendAsync(HttpMethod.Post, "/servers", Samples.Server("twice"));
        Assert.Equal(("uniqueness_error", "name"), (body!.Text("error.code"), body!.Text("error.details.fields.0.name")));
    }

    [Fact]
    public async Task Create_UserDataTooLong_IsRefused()
    {
        using var project = sandbox.NewProject();
        var order = new { name = "a", server_type = "cx33", image = "debian-13", user_data = new string('x', 32769) };
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Post, "/servers", order, 422));
    }
}
