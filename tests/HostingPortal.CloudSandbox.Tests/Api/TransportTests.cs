using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HostingPortal.CloudSandbox.Tests.Support;

namespace HostingPortal.CloudSandbox.Tests.Api;

public sealed class TransportTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Token = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData("GET", "v1/servers", null, 401, "unauthorized", "token is required")]
    [InlineData("GET", "v1/servers", "short", 401, "unauthorized", "the token you have provided is invalid")]
    [InlineData("GET", "v1/unknown", null, 404, "not_found", "api route not found")]
    [InlineData("PATCH", "v1/servers", null, 401, "unauthorized", "token is required")]
    [InlineData("PATCH", "v1/servers", Token, 405, "method_not_allowed", "method not allowed")]
    [InlineData("GET", "v1/servers/nonsense", Token, 404, "not_found", null)]
    public async Task Refusal_HasTheOfficialForm(string method, string path, string? token, int status, string code, string? message)
    {
        using var http = new HttpClient { BaseAddress = sandbox.Server.Root };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!.AsObject();
        Assert.Equal((status, code), ((int)response.StatusCode, error.Text("code")));
        Assert.True(error.ContainsKey("details"));
        Assert.Equal(message ?? error.Text("message"), error.Text("message"));
        Assert.NotEmpty(response.Headers.GetValues("X-Correlation-Id"));
    }

    [Fact]
    public async Task Post_BrokenJson_IsAJsonError()
    {
        using var http = new HttpClient { BaseAddress = sandbox.Server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await http.PostAsync(new Uri("ssh_keys", UriKind.Relative), new StringContent("{\"name\":"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("json_error", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_SeeOnlyTheirOwnProject()
    {
        using var first = sandbox.NewProject();
        using var second = sandbox.NewProject();
        var id = (await first.PostAsync("/ssh_keys", Samples.SshKey("mine"))).Id("ssh_key");
        Assert.Equal("not_found", await second.RefusedAsync(HttpMethod.Get, $"/ssh_keys/{id}", null, 404));
        Assert.Empty((await second.GetAsync("/ssh_keys"))["ssh_keys"]!.AsArray());
    }

    [Fact]
    public async Task RateLimit_EmptyBucket_Answers429WithHeaders()
    {
        await using var server = await SandboxServer.StartAsync(SandboxFixture.Options with { RateLimit = 3 });
        using var project = new ApiClient(server);
        for (var left = 2; left >= 0; left--)
        {
            var (allowed, _) = await project.SendAsync(HttpMethod.Get, "/locations", null);
            Assert.Equal(("3", $"{left}"), (Header(allowed, "RateLimit-Limit"), Header(allowed, "RateLimit-Remaining")));
        }

        var (refused, body) = await project.SendAsync(HttpMethod.Get, "/locations", null);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limit_exceeded"), (refused.StatusCode, body!.Text("error.code")));
        var full = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Header(refused, "RateLimit-Reset"), null));
        Assert.InRange((full - TimeProvider.System.GetUtcNow()).TotalMinutes, 55, 61);
    }

    [Fact]
    public async Task Actions_WithoutIds_IsRefusedAndWithIdsAnswersThem()
    {
        using var project = sandbox.NewProject();
        Assert.Equal("invalid_input", await project.RefusedAsync(HttpMethod.Get, "/actions", null, 422));
        var created = await project.DoneAsync(await project.PostAsync("/servers", Samples.Server("s")));
        var ids = new[] { created.Id("action"), created.Id("next_actions.0") };
        var answer = await project.GetAsync($"/actions?id={ids[0]}&id={ids[1]}&sort=status&sort=id:desc");
        Assert.Equal([$"{ids[1]}", $"{ids[0]}"], answer.Texts("actions", "id"));
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
