using System.Diagnostics;
using System.Text.Json;
using HostingPortal.Domain;
using HostingPortal.Web.Localization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Api;

/// <summary>
/// The one place where failures become problem details (RFC 9457): a stable <c>code</c>, a sentence in the caller's language, and the field that caused it.
/// </summary>
internal sealed class ApiErrors(Texts texts, IOptions<JsonOptions> json, ILogger<ApiErrors> log) : IMiddleware
{
    private const int ClientGone = 499;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status413PayloadTooLarge, HasStarted: false })
            {
                // Reading the body of a minimal API ends like this without an exception.
                await WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "Api.TooLarge");
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ClientGone;
            }
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, Of(error));
        }
        catch (NotFoundException)
        {
            // The right to read went away in the middle of a stream.
            context.Abort();
        }
    }

    /// <summary>Answers with a problem whose sentence is the resource <paramref name="code"/>.</summary>
    public Task WriteAsync(HttpContext context, int status, string code) => WriteAsync(context, new ApiProblem(status, code, texts[code]));

    private async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "10";
        }

        await context.Response.WriteAsJsonAsync(problem, json.Value.SerializerOptions, "application/problem+json", context.RequestAborted);
    }

    private ApiProblem Of(Exception error) => error switch
    {
        NotFoundException => new(StatusCodes.Status404NotFound, "NotFound", texts["NotFound.Sentence"]),
        RuleViolationException refusal => Refused(refusal),
        OutsideException outside => Outside(outside),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(StatusCodes.Status413PayloadTooLarge, "Api.TooLarge", texts["Api.TooLarge"]),
        BadHttpRequestException bad => new(bad.StatusCode, "Api.Malformed", texts["Api.Malformed"]),
        _ => Internal(error),
    };

    private ApiProblem Refused(RuleViolationException refusal)
    {
        var sentence = texts.Of(refusal);
        var field = refusal.Field is null ? null : JsonNamingPolicy.CamelCase.ConvertName(refusal.Field);
        return new ApiProblem(StatusOf(refusal.Code), refusal.Code, sentence)
        {
            Field = field,
            Errors = field is null ? null : new Dictionary<string, string[]> { [field] = [sentence] },
            Values = refusal.Values.Count == 0 ? null : refusal.Values,
        };
    }

    private static int StatusOf(string code) =>
        code.StartsWith("Access.", StringComparison.Ordinal) ? StatusCodes.Status403Forbidden
        : code.StartsWith("SignIn.", StringComparison.Ordinal) ? StatusCodes.Status401Unauthorized
        : code == "Api.Changed" ? StatusCodes.Status412PreconditionFailed
        : code is "RequestKey.UnderWay" or "RequestKey.Done" ? StatusCodes.Status409Conflict
        : code.EndsWith("Taken", StringComparison.Ordinal) || code.EndsWith("PriceMoved", StringComparison.Ordinal) ? StatusCodes.Status409Conflict
        : StatusCodes.Status422UnprocessableEntity;

    private ApiProblem Outside(OutsideException error)
    {
        var correlation = Correlation();
        log.LogWarning(error, "Something outside failed, correlation {Correlation}", correlation);
        return new ApiProblem(error.Transient ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway, error.Code, texts.Reason(error.Code)) { Correlation = correlation };
    }

    private ApiProblem Internal(Exception error)
    {
        var correlation = Correlation();
        log.LogError(error, "An API call failed, correlation {Correlation}", correlation);
        return new ApiProblem(StatusCodes.Status500InternalServerError, "internal", texts["Error.Unknown"]) { Correlation = correlation };
    }

    private static string Correlation() => Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("n");
}
