using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Security;

namespace HostingPortal.Web.Api;

/// <summary>The run page's downloads: the same files as the API's, for people who signed in.</summary>
internal static class RunFiles
{
    public static void Map(WebApplication app) => app.MapGet("/runs/{id:long}/log", DownloadAsync).ExcludeFromDescription();

    private static async Task DownloadAsync(long id, string? format, HttpContext http, ActorService actors, RunService runs, RunLogService log, CancellationToken ct)
    {
        try
        {
            var actor = (http.User.SessionId() is { } session ? await actors.FindBySessionAsync(session, ct) : null) ?? throw new NotFoundException();
            await runs.GetAsync(actor, id, ct);
            await RunDownload.WriteAsync(http.Response, actor, id, json: format == "jsonl", log, ct);
        }
        catch (NotFoundException) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
