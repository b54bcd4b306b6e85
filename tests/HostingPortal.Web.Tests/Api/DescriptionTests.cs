using System.Text.Json;
using System.Text.Json.Nodes;
using HostingPortal.Web.Api;
using HostingPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Web.Tests.Api;

/// <summary>The document at <c>/openapi/v1.json</c> says everything a caller needs.</summary>
[Collection(PortalCollection.Name)]
public sealed class DescriptionTests(PortalHost host)
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public async Task Operations_WithABody_HaveAnExample()
    {
        var document = await ReadAsync();
        var without = Operations(document).Where(o => o.Node["requestBody"] is not null && Example(document, o.Node["requestBody"]!) is null).Select(o => o.Name);
        Assert.Empty(without);
    }

    [Fact]
    public async Task Operations_ThatCreate_NameTheKeyAndEachItsRefusals()
    {
        var operations = Operations(await ReadAsync()).ToList();
        Assert.InRange(operations.Count, 50, 1000);
        var keyless = operations.Where(o => o.Name.StartsWith("post", StringComparison.Ordinal) && !Headers(o.Node).Contains("Idempotency-Key")).Select(o => o.Name).ToList();
        Assert.NotEmpty(keyless);
        Assert.All(keyless, name => Assert.Matches("/(setup|tokens|invites/[^/]+)$", name));
        Assert.Empty(operations.Where(o => o.Node["responses"]?["404"]?["content"]?["application/problem+json"] is null).Select(o => o.Name));
        Assert.Contains(operations, o => o.Name.StartsWith("patch", StringComparison.Ordinal) && Headers(o.Node).Contains("If-Match"));
    }

    /// <summary>A generated client takes an answer that is not listed for a failure.</summary>
    [Fact]
    public async Task Operations_Each_SayWhatASuccessLooksLike()
    {
        var silent = Operations(await ReadAsync()).Where(o => o.Node["responses"]!.AsObject().Where(r => r.Key.StartsWith('2')).ToList() is not [var success, ..]
            || (success.Key != "204" && success.Value!["content"] is null)).Select(o => o.Name);
        Assert.Empty(silent);
    }

    /// <summary>Generators name methods after them.</summary>
    [Fact]
    public async Task Operations_Each_HaveAnIdOfTheirOwn()
    {
        var ids = Operations(await ReadAsync()).Select(o => o.Node["operationId"]?.GetValue<string>()).ToList();
        Assert.DoesNotContain(null, ids);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("PostNodesByIdConverge", ids);
    }

    /// <summary>Unknown members are refused, as for a real request.</summary>
    [Fact]
    public void Examples_ReadBack_AreWhatTheyStandFor()
    {
        var options = host.Get<IOptions<JsonOptions>>().Value.SerializerOptions;
        foreach (var (type, json) in ApiExamples.Listed.Where(e => e.Type != typeof(ApiProblem)))
        {
            Assert.NotNull(JsonSerializer.Deserialize(json, type, options));
        }
    }

    private async Task<JsonNode> ReadAsync()
    {
        using var client = await host.ClientAsync(null);
        return JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
    }

    private static IEnumerable<(string Name, JsonNode Node)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Methods.Contains(operation.Key)
        select ($"{operation.Key} {path.Key}", operation.Value!);

    private static IEnumerable<string?> Headers(JsonNode operation) => (operation["parameters"]?.AsArray() ?? []).Select(p => p!["name"]!.GetValue<string>());

    private static JsonNode? Example(JsonNode document, JsonNode body)
    {
        var schema = body["content"]!["application/json"]!["schema"]!;
        return schema["examples"] ?? (schema["$ref"] is { } reference ? document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!["examples"] : null);
    }
}
