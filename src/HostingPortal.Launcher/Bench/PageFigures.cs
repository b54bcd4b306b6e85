using System.Globalization;

namespace HostingPortal.Launcher.Bench;

/// <summary>What one page took, in milliseconds.</summary>
internal sealed class PageFigures(string who, string email, PageToOpen page)
{
    /// <summary>Milliseconds the server may take for a page, at the 95th percentile.</summary>
    private const double Wanted = 100;

    private readonly List<double> times = [];

    public string Email { get; } = email;

    public PageToOpen Page { get; } = page;

    public int Queries { get; set; }

    public void Add(double milliseconds) => times.Add(milliseconds);

    /// <summary>As Markdown; a page beyond what is wanted carries a mark.</summary>
    public static void Print(IReadOnlyCollection<PageFigures> table, TextWriter to)
    {
        var width = table.Max(t => t.Page.What.Length);
        to.WriteLine();
        to.WriteLine($"| who    | {"page".PadRight(width)} |  p50 ms |  p95 ms | SQL commands | wanted: p95 ≤ {Text(Wanted, "F0")} ms |");
        to.WriteLine($"|--------|-{new string('-', width)}-|--------:|--------:|-------------:|---------------------|");
        foreach (var row in table)
        {
            to.WriteLine($"| {row.Who,-6} | {row.Page.What.PadRight(width)} | {Text(row.Rank(0.5), "F1"),7} | {Text(row.Rank(0.95), "F1"),7} | {row.Queries,12} | {(row.Rank(0.95) <= Wanted ? "" : "✗"),-19} |");
        }

        to.WriteLine();
        to.WriteLine($"{table.Count(t => t.Rank(0.95) <= Wanted)} of {table.Count} pages within {Text(Wanted, "F0")} ms; the slowest p95 is {Text(table.Max(t => t.Rank(0.95)), "F1")} ms.");
    }

    /// <summary>What the table of all figures says of the pages.</summary>
    public static void Sum(IReadOnlyCollection<PageFigures> table, Figures figures)
    {
        figures.Add($"server's time of {table.Count} pages at 10,000 sites and 100,000 runs, each p95", "≤ 100 ms", table.Select(t => t.Rank(0.95)).ToList(), "ms");
        figures.Add("SQL commands of such a page", "", table.Select(t => (double)t.Queries).ToList(), "commands");
    }

    public override string ToString() => $"{Who} {Page.What}: {Text(Rank(0.5), "F1")} ms, p95 {Text(Rank(0.95), "F1")} ms";

    private string Who => who;

    private double Rank(double share) => times.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * times.Count) - 1));

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
