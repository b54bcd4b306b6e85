using System.Text.Json;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>Writes JSON answers.</summary>
internal static class Answers
{
    public static byte[] ToBytes(object body) => JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), SandboxJson.Options);

    public static async Task AnswerAsync(this HttpContext http, int status, byte[]? body, string? link = null)
    {
        http.Response.StatusCode = status;
        if (!string.IsNullOrEmpty(link))
        {
            http.Response.Headers.Link = link;
        }

        if (body is not null)
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
