using System.Globalization;
using System.Text;

namespace HostingPortal.Launcher.Faults;

/// <param name="Number">0 for the look at the end.</param>
/// <param name="Moment">How long the work had gone on when the fault struck.</param>
/// <param name="TakeOvers">Times the victim's runs were without an owner.</param>
/// <param name="Breaches">What did not hold.</param>
internal sealed record FaultRow(int Number, string Fault, string Work, TimeSpan Moment, IReadOnlyList<TimeSpan> TakeOvers, IReadOnlyList<string> Breaches);

/// <summary>The campaign as a page: figures first, each fault with what it did.</summary>
internal sealed class FaultTable(int seed, bool storm = false, string? only = null)
{
    private readonly List<FaultRow> rows = [];

    public int Points => rows.Count(r => r.Number > 0);

    public int Broken => rows.Count(r => r.Breaches.Count > 0);

    public void Add(FaultRow row) => rows.Add(row);

    public string Text(TimeSpan took)
    {
        var page = new StringBuilder();
        var points = rows.Where(r => r.Number > 0).ToList();
        var all = points.SelectMany(r => r.TakeOvers).Select(t => t.TotalSeconds).Order().ToList();
        page.AppendLine("# Faults injected into real runs").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{points.Count} random points, seed {seed}, {took.TotalMinutes:F0} minutes, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}. Made by `./portal test faults --points {points.Count} --seed {seed}{(storm ? " --storm" : only is null ? "" : $" --only \"{only}\"")}`.").AppendLine();
        page.AppendLine("| what | wanted | found |").AppendLine("|---|---|---|");
        foreach (var (word, name) in new[] { ("lost", "runs lost"), ("doubled", "doubled effects"), ("stuck", "runs or locks stuck"), ("overlap", "overlaps on a node"), ("log", "logs with a byte missing or doubled"), ("paid", "paid servers nobody knows"), ("known", "servers known that are gone"), ("failed request", "requests that failed while portals were restarted in turn") })
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {name} | 0 | {rows.Sum(r => r.Breaches.Count(b => b.StartsWith(word, StringComparison.Ordinal)))} |");
        }

        page.AppendLine(CultureInfo.InvariantCulture, $"| take-overs | ≤ 20 s | {(storm ? "not timed in a storm" : all.Count)}{(all.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", median {all[all.Count / 2]:F1} s, longest {all[^1]:F1} s"))} |").AppendLine();
        page.AppendLine("| fault | points | held | take-overs, longest |").AppendLine("|---|---|---|---|");
        foreach (var kind in points.GroupBy(r => r.Fault).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var times = kind.SelectMany(r => r.TakeOvers).ToList();
            page.AppendLine(CultureInfo.InvariantCulture, $"| {kind.Key} | {kind.Count()} | {kind.Count(r => r.Breaches.Count == 0)} | {times.Count}{(times.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {times.Max().TotalSeconds:F1} s"))} |");
        }

        foreach (var row in rows.Where(r => r.Breaches.Count > 0))
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"- Point {row.Number}, {row.Fault} at {row.Moment.TotalSeconds:F1} s ({row.Work}): {string.Join("; ", row.Breaches)}");
        }

        return page.ToString();
    }
}
