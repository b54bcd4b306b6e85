using System.Diagnostics;
using System.Security.Cryptography;

namespace HostingPortal.Launcher.Bench;

/// <summary>
/// Times every page of a portal with the rows of <c>seed --large</c>, and counts its SQL commands. Needs neither sandbox nor executor: nothing is ordered and nothing runs.
/// The data is kept for the next time.
/// </summary>
internal static class PageBench
{
    private const int Warm = 2;
    private const int Times = 20;

    /// <param name="words">Only pages whose line in the table contains one of these; none: all.</param>
    public static async Task<int> RunAsync(Places places, string[] words, CancellationToken ct)
    {
        PageFigures.Print(await MeasureAsync(places, words, ct), Console.Out);
        return 0;
    }

    /// <inheritdoc cref="RunAsync"/>
    public static async Task<IReadOnlyList<PageFigures>> MeasureAsync(Places places, string[] words, CancellationToken ct)
    {
        await Leftovers.CleanAsync(places, ct);
        var progress = new Progress();
        var port = Settings.FreePort();
        var people = await progress.StepAsync("portal with 10,000 sites and 100,000 runs (kept for the next time)", () => BenchPeople.PrepareAsync(places, port, ct));
        var table = new List<PageFigures>();
        foreach (var (who, email, pages) in new[] { ("admin", BenchPeople.Admin, PageList.Admin), ("client", BenchPeople.Owner, PageList.Owner) })
        {
            table.AddRange(pages.Where(p => words.Length == 0 || words.Any(w => p.What.Contains(w, StringComparison.OrdinalIgnoreCase)))
                .Select(p => new PageFigures(who, email, p)));
        }

        await using (var portal = await PortalChild.StartAsync(places, port, BenchPeople.Settings(port), TimeSpan.FromMinutes(4), ct))
        {
            await progress.StepAsync($"{table.Count} pages, {Times} times each", () => TimeAsync(portal.Address, table, people, progress, ct));
        }

        await progress.StepAsync("SQL commands of each", () => CountAsync(places, port, table, people, ct));
        return table;
    }

    private static async Task TimeAsync(Uri portal, List<PageFigures> table, string password, Progress progress, CancellationToken ct)
    {
        foreach (var person in table.GroupBy(t => t.Email))
        {
            using var visit = await Visit.SignInAsync(portal, person.Key, password, ct);
            for (var warm = 0; warm < Warm; warm++)
            {
                // A portal that has just started compiles while it answers.
                foreach (var row in person)
                {
                    await visit.OpenAsync(row.Page.Path, NewTrace(), ct);
                }
            }

            foreach (var row in person)
            {
                for (var i = 0; i < Times; i++)
                {
                    var watch = Stopwatch.StartNew();
                    await visit.OpenAsync(row.Page.Path, NewTrace(), ct);
                    row.Add(watch.Elapsed.TotalMilliseconds);
                }

                progress.Note(row.ToString());
            }
        }
    }

    /// <summary>A start of its own, because a portal that logs each command is slower.</summary>
    private static async Task CountAsync(Places places, int port, List<PageFigures> table, string password, CancellationToken ct)
    {
        var counter = new QueryCount();
        var settings = new Dictionary<string, string>([.. BenchPeople.Settings(port), QueryCount.Setting]);
        await using var portal = await PortalChild.StartAsync(places, port, settings, TimeSpan.FromMinutes(4), ct, counter.Take);
        foreach (var person in table.GroupBy(t => t.Email))
        {
            using var visit = await Visit.SignInAsync(portal.Address, person.Key, password, ct);
            var traces = new List<(PageFigures Row, string Trace)>();
            foreach (var row in person)
            {
                traces.Add((row, NewTrace()));
                await visit.OpenAsync(row.Page.Path, traces[^1].Trace, ct);
            }

            // The log comes through a pipe; its last lines may still be on their way.
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
            traces.ForEach(t => t.Row.Queries = counter.Of(t.Trace));
        }
    }

    private static string NewTrace() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
