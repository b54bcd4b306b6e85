using System.Text.Json;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>Reads the JSON body of a request; an empty one is an object without fields.</summary>
internal static class RequestBody
{
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="ApiException"><c>json_error</c> when it is no JSON or more than 4 MiB.</exception>
    public static async Task<Body> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBytes)
        {
            throw ApiErrors.JsonError("request body is too large");
        }

        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (buffer.Length == 0)
        {
            return new Body(default);
        }

        try
        {
            return new Body(JsonSerializer.Deserialize<JsonElement>(buffer.ToArray()));
        }
        catch (JsonException)
        {
            throw ApiErrors.JsonError("unable to decode JSON body");
        }
    }
}
