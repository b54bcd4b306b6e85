using System.Security.Cryptography;
using System.Text.Json;
using HostingPortal.Domain;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HostingPortal.Web.Api;

/// <summary>
/// <c>ETag</c> on what can be changed: a digest of what was read. <c>If-None-Match</c> saves reading it again; a change with <c>If-Match</c> is refused with 412
/// when what is there now is not what the caller saw.
/// </summary>
internal static class Etags
{
    public static RouteHandlerBuilder WithEtag(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (call, next) =>
    {
        var value = await next(call);
        if (value is null or IResult)
        {
            return value;
        }

        var tag = Of(value, call.HttpContext);
        call.HttpContext.Response.Headers.ETag = tag;
        return call.HttpContext.Request.Headers.IfNoneMatch.Contains(tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : value;
    });

    /// <param name="read">Reads the object as its GET does: caller, id, services.</param>
    public static RouteHandlerBuilder WithIfMatch(this RouteHandlerBuilder endpoint, Func<Caller, string, IServiceProvider, CancellationToken, Task<object>> read) =>
        endpoint.WithMetadata(new Matched()).AddEndpointFilter(async (call, next) =>
        {
            var http = call.HttpContext;
            var wanted = http.Request.Headers.IfMatch;
            if (wanted.Count > 0 && wanted != "*")
            {
                var caller = http.Features.Get<Caller>() ?? throw new NotFoundException();
                var now = await read(caller, (string)http.Request.RouteValues["id"]!, http.RequestServices, http.RequestAborted);
                if (!wanted.Contains(Of(now, http)))
                {
                    throw new RuleViolationException("Api.Changed");
                }
            }

            return await next(call);
        });

    private static string Of(object value, HttpContext http)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..32]}\"";
    }
}
