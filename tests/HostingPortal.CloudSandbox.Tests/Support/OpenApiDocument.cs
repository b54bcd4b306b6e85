using System.IO.Compression;
using System.Text.Json.Nodes;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>The official API document: finds the schema an answer has to keep.</summary>
internal static class OpenApiDocument
{
    private static readonly Lazy<JsonNode> Document = new(Load);

    public static JsonNode Root => Document.Value;

    /// <summary>Problems of an answer with its operation's schema; empty when it keeps it.</summary>
    /// <param name="method">HTTP method of the call.</param>
    /// <param name="path">Path without <c>/v1</c> and query, e.g. <c>/servers/42</c>.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="body">The answer's JSON, null for an empty one.</param>
    public static IReadOnlyList<string> Check(string method, string path, int status, JsonNode? body)
    {
        if (FindOperation(method, path) is not { } operation)
        {
            return status is 404 or 405 or 401 ? [] : [$"{method} {path} is not in the document"];
        }

        var responses = operation["responses"]!;
        var response = responses[$"{status}"] ?? (status >= 400 ? responses[status < 500 ? "4xx" : "5xx"] : null);
        if (response is null)
        {
            return [$"{method} {path} must not answer {status}"];
        }

        var schema = response["content"]?["application/json"]?["schema"];
        return schema is null
            ? body is null ? [] : [$"{method} {path} must answer {status} with an empty body"]
            : [.. SchemaCheck.Problems(schema, body, $"{method} {path} {status}")];
    }

    private static JsonNode? FindOperation(string method, string path)
    {
        var segments = path.Split('/');
        var candidates = Root["paths"]!.AsObject().Where(entry => Fits(entry.Key.Split('/'), segments));
        var best = candidates.OrderBy(entry => entry.Key.Count(c => c == '{')).Select(entry => entry.Value![method.ToLowerInvariant()]);
        return best.FirstOrDefault(operation => operation is not null);
    }

    private static bool Fits(string[] template, string[] path) =>
        template.Length == path.Length && template.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    private static JsonNode Load()
    {
        using var packed = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("hetzner-cloud.openapi.json.gz")!;
        using var text = new GZipStream(packed, CompressionMode.Decompress);
        return JsonNode.Parse(text)!;
    }
}
