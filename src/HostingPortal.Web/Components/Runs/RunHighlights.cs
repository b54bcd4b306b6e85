using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>A piece of a line as it is drawn.</summary>
/// <param name="Hit">Part of what was searched for.</param>
public readonly record struct RunTextPiece(string Text, string? Style, bool Hit);

/// <summary>Cuts the styled pieces of a line where hits of the search begin and end.</summary>
public static class RunHighlights
{
    /// <summary>More hits than these in one line are not marked one by one.</summary>
    private const int MostHits = 200;

    public static IReadOnlyList<RunTextPiece> Cut(IReadOnlyList<AnsiSpan> spans, RunLogMatcher? search)
    {
        var hits = search is null ? [] : search.Find(string.Concat(spans.Select(s => s.Text))).Take(MostHits).ToList();
        if (hits.Count == 0)
        {
            return [.. spans.Select(s => new RunTextPiece(s.Text, s.Style, false))];
        }

        var pieces = new List<RunTextPiece>();
        var at = 0;
        foreach (var span in spans)
        {
            var inside = 0;
            foreach (var (from, length) in hits)
            {
                var (begin, end) = (Math.Max(from - at, inside), Math.Min(from + length - at, span.Text.Length));
                if (end <= begin)
                {
                    continue;
                }

                Add(pieces, span, inside, begin, hit: false);
                Add(pieces, span, begin, end, hit: true);
                inside = end;
            }

            Add(pieces, span, inside, span.Text.Length, hit: false);
            at += span.Text.Length;
        }

        return pieces;
    }

    private static void Add(List<RunTextPiece> pieces, AnsiSpan span, int from, int to, bool hit)
    {
        if (to > from)
        {
            pieces.Add(new RunTextPiece(span.Text[from..to], span.Style, hit));
        }
    }
}
