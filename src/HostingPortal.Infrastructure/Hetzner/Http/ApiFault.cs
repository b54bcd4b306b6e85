using System.Net;
using System.Text.Json;
using HostingPortal.Domain;

namespace HostingPortal.Infrastructure.Hetzner.Http;

/// <summary>
/// What an answer without success says. Sample: <c>{"error":{"code":"invalid_input","message":"…","details":{"fields":[{"name":"image"}]}}}</c>.
/// </summary>
/// <param name="Code">The API's code, or <c>http_{status}</c> when the body is not the API's (a proxy's HTML page).</param>
internal sealed record ApiFault(HttpStatusCode Status, string Code, string Message, string? CorrelationId, bool FromApi)
{
    private const int LongestText = 500;

    public static async Task<ApiFault> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var correlation = response.Headers.TryGetValues("X-Correlation-Id", out var values) ? values.FirstOrDefault() : null;
        var body = await response.Content.ReadAsByteArrayAsync(ct);
        try
        {
            using var json = JsonDocument.Parse(body);
            var error = json.RootElement.GetProperty("error");
            var details = error.TryGetProperty("details", out var d) && d.ValueKind == JsonValueKind.Object ? $" {d.GetRawText()}" : "";
            return new ApiFault(response.StatusCode, error.GetProperty("code").GetString()!, Cut($"{error.GetProperty("message")}{details}"), correlation, true);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new ApiFault(response.StatusCode, $"http_{(int)response.StatusCode}", "The answer is not the API's.", correlation, false);
        }
    }

    public OutsideException ToException()
    {
        var detail = $"HTTP {(int)Status} {Code}: {Message}{(CorrelationId is null ? "" : $" (correlation {CorrelationId})")}";
        return new OutsideException($"hetzner.{Code}", detail, RetryRules.IsPassing(this));
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";
}
