using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>A Hetzner project of its own. Every answer is held against the official document.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient _http;

    public ApiClient(SandboxServer server, string? token = null)
        : this(server.Root, token ?? SandboxServer.NewToken())
    {
    }

    public ApiClient(Uri root, string token)
    {
        Token = token;
        _http = new HttpClient { BaseAddress = root };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public string Token { get; }

    public Task<JsonNode> GetAsync(string path) => ExpectAsync(HttpMethod.Get, path, null, 200);

    public Task<JsonNode> PostAsync(string path, object? body = null, int status = 201) => ExpectAsync(HttpMethod.Post, path, body, status);

    public Task<JsonNode> PutAsync(string path, object body, int status = 200) => ExpectAsync(HttpMethod.Put, path, body, status);

    public Task<JsonNode> DeleteAsync(string path, int status = 204) => ExpectAsync(HttpMethod.Delete, path, null, status);

    /// <summary>Sends a call that must be refused and answers its error code.</summary>
    public async Task<string> RefusedAsync(HttpMethod method, string path, object? body, int status) =>
        (await ExpectAsync(method, path, body, status))["error"]!["code"]!.GetValue<string>();

    public async Task<(HttpResponseMessage Response, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"v1{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? null : JsonNode.Parse(text);
        var bare = Uri.UnescapeDataString(path.Split('?')[0]);
        var problems = OpenApiDocument.Check(method.Method, bare, (int)response.StatusCode, json);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        return (response, json);
    }

    /// <summary>Waits for an action of an answer, or for its action and all that follow, and asserts that they succeed.</summary>
    public async Task<JsonNode> DoneAsync(JsonNode answer)
    {
        var actions = new[] { answer["action"] }.Concat(answer["next_actions"]?.AsArray() ?? []).Concat(answer["actions"]?.AsArray() ?? []);
        foreach (var action in actions.Where(action => action is not null))
        {
            var ended = await EndedAsync(action!["id"]!.GetValue<long>());
            Assert.True(ended["status"]!.GetValue<string>() == "success", ended.ToJsonString());
            Assert.Equal(100, ended["progress"]!.GetValue<int>());
        }

        return answer;
    }

    /// <summary>Polls one action until it is no longer running.</summary>
    public async Task<JsonNode> EndedAsync(long id) =>
        (await PollAsync($"/actions/{id}", answer => answer.Text("action.status") != "running"))["action"]!;

    /// <summary>Polls until a field of an answer has a value, e.g. <c>servers.0.status</c>.</summary>
    public Task<JsonNode> UntilAsync(string path, string field, string value) => PollAsync(path, answer => answer.Text(field) == value);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> PollAsync(string path, Func<JsonNode, bool> enough)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await GetAsync(path);
            if (enough(answer))
            {
                return answer;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private async Task<JsonNode> ExpectAsync(HttpMethod method, string path, object? body, int status)
    {
        var (response, json) = await SendAsync(method, path, body);
        using (response)
        {
            Assert.True((int)response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} {json?.ToJsonString()}");
            return json ?? new JsonObject();
        }
    }
}
