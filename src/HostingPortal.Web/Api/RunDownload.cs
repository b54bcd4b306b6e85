using System.Text;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Web.Api;

/// <summary>Sends a run's log piece by piece as a file; never held as a whole. A refusal comes before the first byte.</summary>
internal static class RunDownload
{
    public static async Task WriteAsync(HttpResponse response, Actor actor, long runId, bool json, RunLogService log, CancellationToken ct)
    {
        await using var pieces = log.DownloadAsync(actor, runId, json, ct).GetAsyncEnumerator(ct);
        var more = await pieces.MoveNextAsync();
        response.ContentType = json ? "application/jsonl; charset=utf-8" : "text/plain; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"run-{runId}.{(json ? "jsonl" : "log")}\"";
        response.Headers.CacheControl = "no-store";
        for (; more; more = await pieces.MoveNextAsync())
        {
            await response.WriteAsync(pieces.Current, Encoding.UTF8, ct);
        }
    }

    /// <summary>One line to be read in the browser; its text is never anything but text.</summary>
    public static Task WriteLineAsync(HttpResponse response, string line, CancellationToken ct)
    {
        response.ContentType = "text/plain; charset=utf-8";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(line, Encoding.UTF8, ct);
    }
}
