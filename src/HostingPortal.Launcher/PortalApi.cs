using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HostingPortal.Launcher.Bench;

namespace HostingPortal.Launcher;

/// <summary>The portal's REST API as one caller sees it.</summary>
internal sealed class PortalApi : IDisposable
{
    private readonly HttpClient http;

    /// <param name="from">Address of this machine that the caller comes from; null: the usual one.</param>
    public PortalApi(Uri portal, string? token = null, IPAddress? from = null)
    {
        http = new HttpClient(from is null ? new SocketsHttpHandler() : LoopbackAddress.Handler(() => from)) { BaseAddress = new Uri(portal, "/api/v1/") };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, body, ct);

    /// <summary>Follows the run's event stream to its end and throws when it did not succeed.</summary>
    public async Task WatchAsync(long runId, Progress progress, CancellationToken ct)
    {
        await foreach (var (kind, data) in EventsAsync(runId, ct))
        {
            if (kind == "run-ended")
            {
                Judge(runId, data);
                return;
            }

            Show(kind, data, progress);
        }

        throw new LaunchException($"The event stream of run {runId} broke off.");
    }

    /// <summary>The run's server-sent events as they come, from its first one on.</summary>
    public async IAsyncEnumerable<(string Kind, JsonElement Data)> EventsAsync(long runId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stream = await http.GetStreamAsync(new Uri($"runs/{runId}/events", UriKind.Relative), ct);
        using var reader = new StreamReader(stream);
        var kind = "";
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return (kind, JsonDocument.Parse(line[6..]).RootElement);
            }
        }
    }

    public void Dispose() => http.Dispose();

    private static void Judge(long runId, JsonElement end)
    {
        if (end.GetProperty("state").GetString() != "succeeded")
        {
            throw new LaunchException($"Run {runId} ended as {end}; see its page or the log folder.");
        }
    }

    private static void Show(string kind, JsonElement data, Progress progress)
    {
        var text = kind switch
        {
            "step" when data.GetProperty("st").GetString() != "running" => $"{data.GetProperty("name").GetString()} {data.GetProperty("st").GetString()}",
            "line" => data.GetProperty("msg").GetString(),
            "result" when data.GetProperty("st").GetString() is "failed" or "unreachable" => $"{data.GetProperty("st")}: {(data.TryGetProperty("msg", out var msg) ? msg.GetString() : "")}",
            _ => null,
        };
        if (text is not null)
        {
            progress.Note(text);
        }
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new LaunchException($"{method} {path} was refused with {(int)answer.StatusCode}: {text}");
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
