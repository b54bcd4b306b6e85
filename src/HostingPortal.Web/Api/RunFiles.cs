using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Security;

namespace HostingPortal.Web.Api;

/// <summary>The run page's downloads: the same files as the API's, for people who signed in.</summary>
internal static class RunFiles
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/runs/{id:long}/log", (long id, string? format, HttpContext http, ActorService actors, RunLogService log, CancellationToken ct) =>
            AnswerAsync(http, actors, actor => RunDownload.WriteAsync(http.Response, actor, id, json: format == "jsonl", log, ct), ct)).ExcludeFromDescription();
        app.MapGet("/runs/{id:long}/lines/{number:int}", (long id, int number, HttpContext http, ActorService actors, RunLogService log, CancellationToken ct) =>
            AnswerAsync(http, actors, async actor => await RunDownload.WriteLineAsync(http.Response, await log.GetWholeLineAsync(actor, id, number, ct), ct), ct)).ExcludeFromDescription();
    }

    private static async Task AnswerAsync(HttpContext http, ActorService actors, Func<Actor, Task> write, CancellationToken ct)
    {
        try
        {
            await write((http.User.SessionId() is { } session ? await actors.FindBySessionAsync(session, ct) : null) ?? throw new NotFoundException());
        }
        catch (NotFoundException) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
