using System.Text;
using HostingPortal.Domain;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Security;

namespace HostingPortal.Web.Api;

/// <summary>The audit log as a file, sent piece by piece; for people who signed in at <c>/audit.csv</c>, for programs below the API's root.</summary>
internal static class AuditDownload
{
    public static void Map(WebApplication app) => app.MapGet("/audit.csv", DownloadAsync).ExcludeFromDescription();

    public static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<string> lines, CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (!response.HasStarted)
            {
                response.ContentType = "text/csv; charset=utf-8";
                response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
                response.Headers.CacheControl = "no-store";
            }

            await response.WriteAsync(line, Encoding.UTF8, ct);
        }
    }

    private static async Task DownloadAsync([AsParameters] AuditFilter filter, string? search, HttpContext http, ActorService actors, AuditService audit, CancellationToken ct)
    {
        try
        {
            var actor = (http.User.SessionId() is { } session ? await actors.FindBySessionAsync(session, ct) : null) ?? throw new NotFoundException();
            await WriteAsync(http.Response, audit.ExportAsync(actor, filter, new PageQuery(search), ct), ct);
        }
        catch (NotFoundException) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
