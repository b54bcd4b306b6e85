using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>The REST API as one person.</summary>
internal sealed class Api : IDisposable
{
    private readonly HttpClient http;

    private Api(HttpClient http) => this.http = http;

    public static async Task<Api> SignInAsync(Demo demo, string email, string password)
    {
        var http = new HttpClient { BaseAddress = new Uri(demo.Address, "/api/v1/") };
        var answer = await http.PostAsJsonAsync("tokens", new { email, password, name = "test" });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Api(http);
    }

    public static Task<Api> SignInAsync(Demo demo, string role)
    {
        var (email, password) = demo.Login(role);
        return SignInAsync(demo, email, password);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null) =>
        http.SendAsync(new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) });

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async Task<JsonElement> FirstAsync(string list) => (await GetAsync(list)).GetProperty("items")[0];

    /// <summary>The oldest node that has a server and is no master, whatever other journeys have ordered since.</summary>
    public async Task<JsonElement> NodeAsync() =>
        (await GetAsync("nodes")).GetProperty("items").EnumerateArray()
            .Where(node => node.GetProperty("cloudServerId").ValueKind == JsonValueKind.Number && node.GetProperty("template").GetString() != "project-master")
            .MinBy(node => node.GetProperty("id").GetString(), StringComparer.Ordinal);

    /// <summary>The whole event stream of a run, to its end; sequence numbers in order.</summary>
    public async Task<(string State, List<int> Seqs)> FollowAsync(long runId)
    {
        using var reader = new StreamReader(await http.GetStreamAsync(new Uri($"runs/{runId}/events", UriKind.Relative)));
        var seqs = new List<int>();
        var kind = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                seqs.Add(int.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && kind == "run-ended")
            {
                return (JsonDocument.Parse(line[6..]).RootElement.GetProperty("state").GetString()!, seqs);
            }
        }

        throw new InvalidOperationException($"The stream of run {runId} ended without its last event.");
    }

    /// <summary>Asks until the condition holds; each look is one request.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> holds, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), limit.Token).ContinueWith(
                t => t.IsCompletedSuccessfully ? t.GetAwaiter().GetResult() : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable), TaskScheduler.Default);
            if (answer.IsSuccessStatusCode)
            {
                var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
                if (holds(json))
                {
                    return json;
                }
            }

            await Task.Delay(300, limit.Token);
        }
    }

    public void Dispose() => http.Dispose();
}
