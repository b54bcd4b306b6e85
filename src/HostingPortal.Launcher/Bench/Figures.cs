using System.Globalization;

namespace HostingPortal.Launcher.Bench;

/// <summary>Measured values in seconds (or another unit named with them), and the table of them.</summary>
internal sealed class Figures
{
    private readonly List<(string What, string Wanted, string Median, string P95, int Count)> rows = [];

    /// <summary>Median and 95th percentile (nearest rank) of several values.</summary>
    public void Add(string what, string wanted, IReadOnlyCollection<double> values, string unit)
    {
        var sorted = values.Order().ToList();
        rows.Add((what, wanted, Text(Rank(sorted, 0.5), unit), Text(Rank(sorted, 0.95), unit), sorted.Count));
    }

    public void Add(string what, string wanted, double value, string unit) => rows.Add((what, wanted, Text(value, unit), "", 1));

    /// <summary>As Markdown, so that it can be kept in the documents as it is.</summary>
    public void Print(TextWriter to)
    {
        var width = rows.Max(r => r.What.Length);
        var wanted = Math.Max(6, rows.Max(r => r.Wanted.Length));
        to.WriteLine();
        to.WriteLine($"| {"what".PadRight(width)} | {"wanted".PadRight(wanted)} |   median |      p95 |  of |");
        to.WriteLine($"|-{new string('-', width)}-|-{new string('-', wanted)}-|---------:|---------:|----:|");
        foreach (var row in rows)
        {
            to.WriteLine($"| {row.What.PadRight(width)} | {row.Wanted.PadRight(wanted)} | {row.Median,8} | {row.P95,8} | {row.Count,3} |");
        }

        to.WriteLine();
    }

    private static double Rank(List<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private static string Text(double value, string unit) => value.ToString(unit is "s" or "×" ? "F2" : "F0", CultureInfo.InvariantCulture) + " " + unit;
}
