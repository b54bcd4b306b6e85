using System.Diagnostics;
using System.Globalization;

namespace HostingPortal.Launcher.Bench;

/// <summary>
/// What people who work notice of a crowd: pages of an admin over the rows of <c>seed --large</c>, alone, beside live pages that nobody touches, beside strangers that never stop
/// asking and beside one person who opens far too many tabs. Crowd and portal share the processors of this machine.
/// </summary>
internal sealed class LoadBench(Uri portal, int process, string password, Figures figures, Progress progress) : IAsyncDisposable
{
    private const int Rounds = 25;
    private const int PagesEach = 25;
    private const int Tabs = 50;
    private const int Strangers = 500;
    private static readonly int[] Idle = [500, 2_000];
    private static readonly string[] Active = ["/", "/sites", "/runs", "/nodes", "/runs/99000"];
    private static readonly string[] Left = ["/", "/sites", "/activity", "/certificates"];
    private readonly List<LivePage> open = [];
    private readonly List<Visit> people = [];

    public static async Task RunAsync(Places places, Figures figures, CancellationToken ct)
    {
        await Leftovers.CleanAsync(places, ct);
        var progress = new Progress();
        var port = Settings.FreePort();
        var password = await progress.StepAsync("portal with 10,000 sites and 100,000 runs (kept for the next time)", () => BenchPeople.PrepareAsync(places, port, ct));
        await using var portal = await PortalChild.StartAsync(places, port, BenchPeople.Settings(port), TimeSpan.FromMinutes(4), ct);
        await using var bench = new LoadBench(portal.Address, portal.ProcessId, password, figures, progress);
        await bench.RunAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(open.Select(p => p.DisposeAsync().AsTask()));
        people.ForEach(p => p.Dispose());
    }

    private async Task RunAsync(CancellationToken ct)
    {
        using var admin = await Visit.SignInAsync(portal, BenchPeople.Admin, password, ct);
        for (var warm = 0; warm < 2; warm++)
        {
            await MeasureAsync(admin, "", null, ct); // The first pages after a start are slower.
        }

        await MeasureAsync(admin, "alone", null, ct);
        var emails = await progress.StepAsync("people with live pages", () => BenchPeople.CrowdAsync(portal, password, Idle.Max() / PagesEach, ct));
        foreach (var idle in Idle)
        {
            await progress.StepAsync($"{idle} idle live pages", () => OpenAsync(emails, idle, ct));
            await Task.Delay(TimeSpan.FromSeconds(20), ct);
            figures.Add($"portal: resident memory with {idle} idle live pages", idle == 500 ? "< 1,000 MB" : "", PlayCost.Of(process).Memory, "MB");
            await MeasureAsync(admin, $"beside {idle} idle live pages", null, ct);
        }

        await using (var crowd = new StrangerCrowd(portal, Strangers))
        {
            await MeasureAsync(admin, $"and {Strangers} strangers asking for the sign-in page every second", crowd, ct);
            figures.Add("strangers: answered", "", crowd.Answered, "pages");
            figures.Add("strangers: turned away (429)", "", crowd.TurnedAway, "requests");
        }

        await TabsAsync(emails[0], ct);
        await MeasureAsync(admin, $"and one person with {Tabs} tabs", null, ct);
    }

    /// <summary>Whole pages, and pages until they are live.</summary>
    private async Task MeasureAsync(Visit admin, string when, StrangerCrowd? crowd, CancellationToken ct)
    {
        if (crowd is not null)
        {
            await crowd.StartedAsync(ct);
        }

        var (whole, live) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var path in Active)
            {
                var watch = Stopwatch.StartNew();
                await admin.OpenAsync(path, Guid.NewGuid().ToString("n"), ct);
                whole.Add(watch.Elapsed.TotalMilliseconds);
            }

            var click = Stopwatch.StartNew();
            await using var page = await admin.GoLiveAsync(Active[round % Active.Length], ct);
            live.Add(click.Elapsed.TotalMilliseconds);
        }

        if (when.Length > 0)
        {
            figures.Add($"an admin's page, {when}", "p95 ≤ 100 ms", whole, "ms");
            figures.Add($"an admin's page until it is live, {when}", "", live, "ms");
        }
    }

    private async Task OpenAsync(IReadOnlyList<string> emails, int count, CancellationToken ct)
    {
        while (open.Count < count)
        {
            var number = open.Count / PagesEach;
            if (people.Count == number)
            {
                people.Add(await Visit.SignInAsync(portal, emails[number], password, ct, LoopbackAddress.Of(2, number)));
            }

            open.Add(await people[number].GoLiveAsync(Left[open.Count % Left.Length], ct));
            if (open.Count % 250 == 0)
            {
                progress.Note($"{open.Count.ToString(CultureInfo.InvariantCulture)} live pages");
            }
        }
    }

    /// <summary>Who has <see cref="PagesEach"/> pages open opens more.</summary>
    private async Task TabsAsync(string email, CancellationToken ct)
    {
        using var person = await Visit.SignInAsync(portal, email, password, ct, LoopbackAddress.Of(2, 0));
        var refused = 0;
        for (var tab = PagesEach; tab < Tabs; tab++)
        {
            open.Add(await person.GoLiveAsync(Left[tab % Left.Length], ct));
            refused += open[^1].Refused ? 1 : 0;
        }

        figures.Add($"of {Tabs} tabs of one person: told that these are too many", "20", refused, "tabs");
    }
}
