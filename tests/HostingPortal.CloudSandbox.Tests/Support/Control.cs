using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>Calls below <c>/_sandbox</c>.</summary>
internal sealed class Control(SandboxServer server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(server.Root, "_sandbox/") };

    public async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative)))!;

    public async Task PutAsync(string path, object body)
    {
        using var response = await _http.PutAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => _http.PostAsJsonAsync(path, body);

    public async Task FaultAsync(object fault)
    {
        using var response = await PostAsync("faults", fault);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task DeleteAsync(string path)
    {
        using var response = await _http.DeleteAsync(new Uri(path, UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
