using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Api;

/// <summary>A run's log: ranges of lines, the matrix, live events, the whole as a file, and what it applied.</summary>
internal static class RunLogApi
{
    private const int MostFound = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        var run = api.MapGroup("/runs/{id:long}").WithTags("Runs");
        run.MapGet("/matrix", async (Caller caller, long id, RunLogService log, CancellationToken ct) => await log.GetMatrixAsync(caller.Actor, id, ct));
        run.MapGet("/lines", async (Caller caller, long id, int? from, int? count, RunLogService log, CancellationToken ct) =>
            await log.GetLinesAsync(caller.Actor, id, Math.Max(from ?? 1, 1), count ?? 500, ct));
        run.MapGet("/lines/{number:int}", async (Caller caller, long id, int number, RunLogService log, CancellationToken ct) =>
            TypedResults.Text(await log.GetWholeLineAsync(caller.Actor, id, number, ct))).Produces<string>(StatusCodes.Status200OK, "text/plain").WithSummary("One line as long as it is");
        run.MapGet("/search", SearchAsync).WithSummary("Lines of the whole log that hold a text, or match a regular expression");
        run.MapGet("/events", EventsAsync).Produces<string>(StatusCodes.Status200OK, "text/event-stream").WithSummary("Live, as server-sent events");
        run.MapGet("/log", DownloadAsync).Produces<string>(StatusCodes.Status200OK, "text/plain").WithSummary("The whole log; format=text or jsonl");
        run.MapGet("/diff", async (Caller caller, long id, RunLogService log, CancellationToken ct) =>
            TypedResults.Text(await log.GetDiffAsync(caller.Actor, id, ct))).Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    /// <summary>Numbers of the first lines found, at most 1,000, and how many there are.</summary>
    private static async Task<FoundLines> SearchAsync(Caller caller, long id, string q, bool? regex, int? from, RunSearchService search, CancellationToken ct)
    {
        var (count, lines) = (0, new List<int>());
        await foreach (var piece in search.SearchAsync(caller.Actor, id, new RunLogQuery(q, regex == true, Math.Max(from ?? 1, 1)), ct))
        {
            count += piece.Lines.Count;
            lines.AddRange(piece.Lines.Take(MostFound - lines.Count));
        }

        return new FoundLines(count, lines);
    }

    private static async Task EventsAsync(
        Caller caller, long id, int? after, HttpContext http, RunLogService log, RunService runs, ActorService actors, CancellationToken ct)
    {
        await runs.GetAsync(caller.Actor, id, ct);
        var last = int.TryParse(http.Request.Headers["Last-Event-ID"], out var seen) ? seen : after ?? 0;
        var events = log.FollowAsync(caller.Actor, again => actors.FindByTokenAsync(caller.Token, again), id, last, ct);
        await EventStream.WriteAsync(http.Response, events, async () => (await runs.GetAsync(caller.Actor, id, ct)).Run, ct);
    }

    private static async Task DownloadAsync(Caller caller, long id, string? format, HttpContext http, RunLogService log, CancellationToken ct)
    {
        if (format is not (null or "text" or "jsonl"))
        {
            throw new RuleViolationException("Run.Format", nameof(format));
        }

        await RunDownload.WriteAsync(http.Response, caller.Actor, id, json: format == "jsonl", log, ct);
    }

    internal sealed record FoundLines(int Count, IReadOnlyList<int> Lines);
}
