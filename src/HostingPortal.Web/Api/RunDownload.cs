using System.Text;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Web.Api;

/// <summary>Sends a run's log piece by piece as a file; never held as a whole.</summary>
internal static class RunDownload
{
    public static async Task WriteAsync(HttpResponse response, Actor actor, long runId, bool json, RunLogService log, CancellationToken ct)
    {
        response.ContentType = json ? "application/jsonl; charset=utf-8" : "text/plain; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"run-{runId}.{(json ? "jsonl" : "log")}\"";
        response.Headers.CacheControl = "no-store";
        await foreach (var piece in log.DownloadAsync(actor, runId, json, ct))
        {
            await response.WriteAsync(piece, Encoding.UTF8, ct);
        }
    }
}
