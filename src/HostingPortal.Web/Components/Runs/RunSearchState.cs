using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>What a viewer looks for in the log and what was found so far. Used on the page's own renderer only.</summary>
public sealed class RunSearchState
{
    /// <summary>Hits one can step through; more are counted only.</summary>
    public const int MostKept = 100_000;

    private readonly List<int> hits = [];

    public string Text { get; private set; } = "";

    public bool Regex { get; private set; }

    /// <summary>Null without a search, or when the pattern was refused.</summary>
    public RunLogMatcher? Matcher { get; private set; }

    /// <summary>Why the pattern was refused, as a sentence.</summary>
    public string? Refusal { get; set; }

    public bool Busy { get; private set; }

    public int Count { get; private set; }

    public int ScannedTo { get; private set; }

    /// <summary>The hit the reader stands on, or 0.</summary>
    public int Line { get; private set; }

    /// <summary>From 1; 0 while the reader stands on none.</summary>
    public int Position => Line == 0 ? 0 : hits.BinarySearch(Line) + 1;

    public IReadOnlyList<int> Hits => hits;

    public bool Active => Text.Length > 0;

    public void Start(string text, bool regex, RunLogMatcher? matcher)
    {
        (Text, Regex, Matcher, Refusal) = (text, regex, matcher, null);
        (Busy, Count, ScannedTo, Line) = (matcher is not null, 0, 0, 0);
        hits.Clear();
    }

    /// <summary>Lines came after the search was through: it goes on with them.</summary>
    public bool GoesOn(int lineCount)
    {
        var more = Matcher is not null && !Busy && lineCount > ScannedTo;
        Busy |= more;
        return more;
    }

    public void Take(RunLogHits piece)
    {
        Count += piece.Lines.Count;
        hits.AddRange(piece.Lines.Take(MostKept - hits.Count));
        (ScannedTo, Busy) = (piece.ScannedTo, !piece.Done);
    }

    public void Fail() => Busy = false;

    /// <summary>The next hit after where the reader stands, from the end on to the first again; null without any.</summary>
    public int? Next(int from) => Step(hits.FirstOrDefault(h => h > (Line > 0 ? Line : from)) is > 0 and var next ? next : hits.FirstOrDefault());

    public int? Previous(int from) => Step(hits.LastOrDefault(h => h < (Line > 0 ? Line : from)) is > 0 and var last ? last : hits.LastOrDefault());

    private int? Step(int line) => line == 0 ? null : Line = line;
}
