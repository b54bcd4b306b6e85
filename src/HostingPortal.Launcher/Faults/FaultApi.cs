using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.Launcher.Faults;

/// <summary>The REST API through the balancer, as a caller that does not give up while portals die: a POST is repeated under its idempotency key.</summary>
internal sealed class FaultApi(Uri portal) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = new Uri(portal, "/api/v1/"), Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>The bearer token in use.</summary>
    public string? Word => http.DefaultRequestHeaders.Authorization?.Parameter;

    public string? Token
    {
        set => http.DefaultRequestHeaders.Authorization = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, body, ct);

    public Task<JsonElement> DeleteAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Delete, path, body, ct);

    /// <summary>A file as text.</summary>
    public async Task<string> ReadAsync(string path, CancellationToken ct)
    {
        using var answer = await UntilAnsweredAsync(() => new HttpRequestMessage(HttpMethod.Get, path), ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString("N");
        using var answer = await UntilAnsweredAsync(
            () =>
            {
                var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
                if (method == HttpMethod.Post)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }

                return request;
            },
            ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonDocument.Parse(text).RootElement
            : throw new LaunchException($"{method} {path} was refused with {(int)answer.StatusCode}: {text}");
    }

    private async Task<HttpResponseMessage> UntilAnsweredAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        while (true)
        {
            try
            {
                using var sent = request();
                var answer = await http.SendAsync(sent, limit.Token);
                var underWay = answer.StatusCode == HttpStatusCode.Conflict && (await answer.Content.ReadAsStringAsync(limit.Token)).Contains("RequestKey.UnderWay", StringComparison.Ordinal);
                if (!underWay && answer.StatusCode is not (HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !limit.IsCancellationRequested)
            {
                // The portal behind this connection is gone; the next one answers.
            }

            await Task.Delay(300, limit.Token);
        }
    }
}
