using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.Operations.Tests;

/// <summary>The portal's REST API as one person.</summary>
internal sealed class PortalClient : IDisposable
{
    private readonly HttpClient http;

    public PortalClient(Uri address, string? token = null, HttpMessageHandler? handler = null)
    {
        http = new HttpClient(handler ?? new HttpClientHandler()) { BaseAddress = new Uri(address, "/api/v1/") };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Makes the first admin and a bearer token for them.</summary>
    public static async Task<string> SetUpAsync(Uri address, string setupLink, CancellationToken ct, HttpMessageHandler? handler = null)
    {
        const string Email = "admin@hosting.example", Password = "correct-Horse-7-battery";
        using var anonymous = new PortalClient(address, null, handler);
        await anonymous.PostAsync("setup", new { code = setupLink.Trim().Split("?code=")[1], email = Email, displayName = "Mara Lind", password = Password }, ct);
        return (await anonymous.PostAsync("tokens", new { email = Email, password = Password, name = "test" }, ct)).GetProperty("token").GetString()!;
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    /// <summary>Null while the portal does not answer.</summary>
    public async Task<JsonElement?> TryGetAsync(string path, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
            return answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct)).RootElement : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, body, ct);

    /// <summary>Waits for the end of a run.</summary>
    /// <returns>Its state; with the reason where it is no success.</returns>
    public async Task<string> WaitAsync(long run, CancellationToken ct)
    {
        while (true)
        {
            var row = (await GetAsync($"runs/{run}", ct)).GetProperty("run");
            if (row.GetProperty("endedAt").ValueKind != JsonValueKind.Null)
            {
                var state = row.GetProperty("state").GetString()!;
                return state == "succeeded" ? state : $"{state}: {row.GetProperty("reason")} {row.GetProperty("reasonDetail")}";
            }

            await Task.Delay(500, ct);
        }
    }

    public Task<JsonElement> DeleteAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, body, ct);

    /// <summary>A run that follows another one by itself.</summary>
    public async Task<long> FindJobAsync(string project, string job, long after, CancellationToken ct)
    {
        while (true)
        {
            foreach (var run in (await GetAsync($"runs?projectId={project}&pageSize=100", ct)).GetProperty("items").EnumerateArray())
            {
                if (run.GetProperty("id").GetInt64() > after && run.GetProperty("job").GetString() == job)
                {
                    return run.GetProperty("id").GetInt64();
                }
            }

            await Task.Delay(300, ct);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
