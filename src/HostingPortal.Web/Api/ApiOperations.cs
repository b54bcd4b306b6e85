using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HostingPortal.Web.Api;

/// <summary>What holds for whole groups of operations and would be forgotten if each said it itself: headers and refusals.</summary>
internal static class ApiOperations
{
    private static readonly (string Status, string Sentence)[] Refusals =
    [
        ("401", "No valid token."), ("403", "Seen, but not allowed."), ("404", "Not there, or not for this caller."), ("409", "Taken, or changed meanwhile."),
        ("422", "A rule refused it; field and code say which."), ("429", "Too many requests; Retry-After says how long to wait."),
    ];

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var method = context.Description.HttpMethod;
        operation.OperationId = IdOf(method ?? "", context.Description.RelativePath ?? "");
        var anonymous = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();
        if (method == HttpMethods.Post && !anonymous)
        {
            AddHeader(operation, OnceOnly.Header, "The same key with the same request gives the first answer again: one operation, however often it is sent. Kept for a day.", "4f0c6c1e-order-17");
        }
        else if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Matched>().Any())
        {
            AddHeader(operation, "If-Match", "ETag of what was read; refused with 412 when it changed since.", "\"9f86d081884c7d659a2feaa0c55ad015\"");
        }

        // One schema with a name: generators make one type of it.
        context.Document!.AddComponent(nameof(ApiProblem), await context.GetOrCreateSchemaAsync(typeof(ApiProblem), cancellationToken: ct));
        var schema = new OpenApiSchemaReference(nameof(ApiProblem), context.Document);
        operation.Responses ??= [];
        foreach (var (status, sentence) in Refusals)
        {
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = sentence,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = schema } },
            });
        }
    }

    /// <summary>What generated clients call it, e.g. <c>PostNodesByIdConverge</c> for <c>POST api/v1/nodes/{id}/converge</c>.</summary>
    public static string IdOf(string method, string path) => Capital(method.ToLowerInvariant()) + string.Concat(path.Split('/').Skip(2)
        .Select(part => part.StartsWith('{') ? "By" + Capital(part.Trim('{', '}').Split(':')[0]) : string.Concat(part.Split('-', '.').Select(Capital))));

    private static string Capital(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];

    private static void AddHeader(OpenApiOperation operation, string name, string sentence, string example) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name, In = ParameterLocation.Header, Description = sentence, Example = example, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });
}

/// <summary>Marks an endpoint that looks at <c>If-Match</c>.</summary>
internal sealed class Matched;
