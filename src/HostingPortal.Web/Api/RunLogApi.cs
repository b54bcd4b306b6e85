using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Api;

/// <summary>A run's log: ranges of lines, the matrix, live events, the whole as a file, and what it applied.</summary>
internal static class RunLogApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var run = api.MapGroup("/runs/{id:long}").WithTags("Runs");
        run.MapGet("/matrix", async (Caller caller, long id, RunLogService log, CancellationToken ct) => await log.GetMatrixAsync(caller.Actor, id, ct));
        run.MapGet("/lines", async (Caller caller, long id, int? from, int? count, RunLogService log, CancellationToken ct) =>
            await log.GetLinesAsync(caller.Actor, id, Math.Max(from ?? 1, 1), count ?? 500, ct));
        run.MapGet("/events", EventsAsync).Produces<string>(StatusCodes.Status200OK, "text/event-stream").WithSummary("Live, as server-sent events");
        run.MapGet("/log", DownloadAsync).Produces<string>(StatusCodes.Status200OK, "text/plain").WithSummary("The whole log; format=text or jsonl");
        run.MapGet("/diff", async (Caller caller, long id, RunLogService log, CancellationToken ct) =>
            TypedResults.Text(await log.GetDiffAsync(caller.Actor, id, ct))).Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    private static async Task EventsAsync(
        Caller caller, long id, int? after, HttpContext http, RunLogService log, RunService runs, ActorService actors, CancellationToken ct)
    {
        await runs.GetAsync(caller.Actor, id, ct);
        var last = int.TryParse(http.Request.Headers["Last-Event-ID"], out var seen) ? seen : after ?? 0;
        var events = log.FollowAsync(caller.Actor, again => actors.FindByTokenAsync(caller.Token, again), id, last, ct);
        await EventStream.WriteAsync(http.Response, events, async () => (await runs.GetAsync(caller.Actor, id, ct)).Run, ct);
    }

    private static async Task DownloadAsync(Caller caller, long id, string? format, HttpContext http, RunService runs, RunLogService log, CancellationToken ct)
    {
        if (format is not (null or "text" or "jsonl"))
        {
            throw new RuleViolationException("Run.Format", nameof(format));
        }

        await runs.GetAsync(caller.Actor, id, ct);
        await RunDownload.WriteAsync(http.Response, caller.Actor, id, json: format == "jsonl", log, ct);
    }
}
