using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Faults;

public sealed class FaultTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Code_OnTheSecondCall_HappensToThatCallOnly()
    {
        using var project = sandbox.NewProject();
        using var control = new Control(sandbox.Server);
        await control.FaultAsync(new { method = "GET", path = "/servers", call = 2, token = project.Token, code = "conflict" });
        await project.GetAsync("/servers");
        Assert.Equal("conflict", await project.RefusedAsync(HttpMethod.Get, "/servers", null, 409));
        await project.GetAsync("/servers");
    }

    [Fact]
    public async Task Token_OfAnotherProject_IsNotTouched()
    {
        using var project = sandbox.NewProject();
        using var other = sandbox.NewProject();
        using var control = new Control(sandbox.Server);
        await control.FaultAsync(new { method = "*", path = "/**", call = "every", token = project.Token, status = 503, code = "unavailable" });
        Assert.Equal("unavailable", await project.RefusedAsync(HttpMethod.Get, "/locations", null, 503));
        Assert.Equal("unavailable", await project.RefusedAsync(HttpMethod.Get, "/servers/1/actions", null, 503));
        await other.GetAsync("/locations");
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task Drop_ClosesTheConnection_WithOrWithoutTheEffect(string drop, int keys)
    {
        using var project = sandbox.NewProject();
        using var control = new Control(sandbox.Server);
        await control.FaultAsync(new { method = "POST", path = "/ssh_keys", token = project.Token, drop });
        await Assert.ThrowsAsync<HttpRequestException>(() => project.PostAsync("/ssh_keys", Samples.SshKey("k")));
        Assert.Equal(keys, (await project.GetAsync("/ssh_keys"))["ssh_keys"]!.AsArray().Count);
    }

    [Fact]
    public async Task StatusWithoutCode_AnswersNoApiError()
    {
        var token = SandboxServer.NewToken();
        using var control = new Control(sandbox.Server);
        await control.FaultAsync(new { method = "GET", path = "^/serv.*$", token, status = 502 });
        using var http = new HttpClient { BaseAddress = sandbox.Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync(new Uri("servers", UriKind.Relative));
        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Delay_HoldsTheAnswerBack()
    {
        using var project = sandbox.NewProject();
        using var control = new Control(sandbox.Server);
        await control.FaultAsync(new { method = "GET", path = "/servers", token = project.Token, delay_ms = 300 });
        var start = Stopwatch.GetTimestamp();
        await project.GetAsync("/servers");
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task ActionError_AcceptsTheCallButFailsTheAction()
    {
        using var project = sandbox.NewProject();
        using var control = new Control(sandbox.Server);
        var error = new { code = "placement_failed", message = "no host" };
        await control.FaultAsync(new { method = "POST", path = "/servers", token = project.Token, action_error = error });
        var created = await project.PostAsync("/servers", Samples.Server("s"));
        foreach (var action in new[] { "action", "next_actions.0" })
        {
            var ended = await project.EndedAsync(created.Id(action));
            Assert.Equal(("error", "placement_failed"), (ended.Text("status"), ended.Text("error.code")));
        }
    }

    [Fact]
    public async Task Faults_ListedAndCleared_AreGone()
    {
        using var control = new Control(sandbox.Server);
        await control.FaultAsync(new { method = "PUT", path = "/networks/*", call = 3, times = 2, code = "locked" });
        var listed = (await control.GetAsync("faults"))["faults"]!.AsArray().Single(f => f!.Text("path") == "/networks/*")!;
        Assert.Equal(("PUT", "3", "2", "locked"), (listed.Text("method"), listed.Text("call"), listed.Text("times"), listed.Text("code")));
        await control.DeleteAsync($"faults/{listed.Text("id")}");
        Assert.DoesNotContain((await control.GetAsync("faults"))["faults"]!.AsArray(), f => f!.Text("path") == "/networks/*");
    }

    [Theory]
    [InlineData("""{"path":"/servers"}""")]
    [InlineData("""{"method":"GET","path":"^("}""")]
    [InlineData("""{"method":"GET","path":"/servers","drop":"sometimes"}""")]
    public async Task Post_WrongFault_IsRefused(string fault)
    {
        using var control = new Control(sandbox.Server);
        using var response = await control.PostAsync("faults", System.Text.Json.Nodes.JsonNode.Parse(fault)!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }
}
