using System.Security.Claims;
using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Api;

/// <summary>The run page's downloads: the same files as the API's, for people who signed in.</summary>
internal static class RunFiles
{
    public static void Map(WebApplication app) => app.MapGet("/runs/{id:long}/log", DownloadAsync).ExcludeFromDescription();

    private static async Task DownloadAsync(long id, string? format, HttpContext http, ActorService actors, RunService runs, RunLogService log, CancellationToken ct)
    {
        try
        {
            var userId = http.User.FindFirstValue(ClaimTypes.NameIdentifier);
            var actor = (userId is null ? null : await actors.FindAsync(userId, ct)) ?? throw new NotFoundException();
            await runs.GetAsync(actor, id, ct);
            await RunDownload.WriteAsync(http.Response, actor, id, json: format == "jsonl", log, ct);
        }
        catch (NotFoundException) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
