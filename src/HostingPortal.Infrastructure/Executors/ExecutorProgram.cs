using System.Text.Json;
using HostingPortal.Domain;

namespace HostingPortal.Infrastructure.Executors;

/// <summary>The one program the portal calls on an executor; the verbs are described in the content's README.</summary>
internal sealed class ExecutorProgram(ExecutorConnection connection)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly string[] Program = ["sudo", "-n", "/usr/local/sbin/portal-executor"];

    public static string[] Words(params string[] verb) => [.. Program, .. verb];

    /// <summary>Calls a verb and reads its one JSON object.</summary>
    public async Task<T> CallAsync<T>(string[] verb, byte[]? input, CancellationToken ct, TimeSpan? limit = null)
    {
        var answer = await connection.RunAsync(Words(verb), input, limit, ct: ct);
        try
        {
            return JsonSerializer.Deserialize<T>(answer, Json) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new OutsideException("executor.failed", $"The answer to {verb[0]} could not be read: {e.Message}", inner: e);
        }
    }

    public Task<T> CallAsync<T>(string[] verb, object input, CancellationToken ct) =>
        CallAsync<T>(verb, JsonSerializer.SerializeToUtf8Bytes(input, Json), ct);
}
