using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace HostingPortal.Web.Api;

/// <summary>The OpenAPI document and the page that reads it.</summary>
internal static class ApiDescription
{
    private const string Bearer = "bearer";
    private const string Reader = "/api/reader";

    private static string Page(PathString under) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>HostingPortal API</title><base href="{under}/"></head>
        <body><div id="app"></div><script src="{Reader[1..]}/scalar.js"></script><script src="api-docs.js"></script></body>
        </html>
        """;

    public static WebApplicationBuilder AddApiDescription(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (ApiExamples.Find(context.JsonTypeInfo.Type) is { } example)
                {
                    schema.Examples = [example];
                }

                return Task.CompletedTask;
            });
            options.AddOperationTransformer(ApiOperations.DescribeAsync);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "HostingPortal";
                document.Info.Description = "What the portal's pages do. Tokens: POST /api/v1/tokens.";
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Bearer, Description = "hp_…" },
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
                return Task.CompletedTask;
            });
        });
        return builder;
    }

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference(Reader).AllowAnonymous().ExcludeFromDescription();

        // A page of our own: the reader's starts with an inline script, which the content security policy does not let run.
        app.MapGet("/api/docs", (HttpContext http) => TypedResults.Content(Page(http.Request.PathBase), "text/html")).AllowAnonymous().ExcludeFromDescription();
    }
}
