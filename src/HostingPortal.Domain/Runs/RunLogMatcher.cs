using System.Text.RegularExpressions;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// One search over lines: literal text, or a regular expression that runs in linear time whatever was written into it. Case makes no difference.
/// </summary>
public sealed partial class RunLogMatcher
{
    public const int LongestPattern = 200;
    private static readonly TimeSpan LongestLine = TimeSpan.FromSeconds(1);

    /// <summary>Words <see cref="RunLines"/> writes itself; everything else of a line stands in its event.</summary>
    private const string OwnWords = "play task inventory content ansible exit code unknown waits for run";

    private readonly string text;
    private readonly Regex? regex;
    private readonly string? token;

    private RunLogMatcher(string text, Regex? regex)
    {
        (this.text, this.regex) = (text, regex);
        token = regex is not null
            ? null
            : Tokens().Matches(text).Select(m => m.Value).Where(t => !OwnWords.Contains(t, StringComparison.OrdinalIgnoreCase)).MaxBy(t => t.Length);
    }

    /// <summary>Refuses an empty or too long text (<c>Run.SearchLength</c>) and what is no regular expression, or one that needs backtracking (<c>Run.SearchPattern</c>).</summary>
    public static RunLogMatcher Of(string text, bool regex)
    {
        if (text.Length is 0 or > LongestPattern)
        {
            throw new RuleViolationException("Run.SearchLength", nameof(text), ("most", LongestPattern));
        }

        try
        {
            return new RunLogMatcher(text, regex ? new Regex(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestLine) : null);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new RuleViolationException("Run.SearchPattern", nameof(text));
        }
    }

    /// <summary>Places in a line, not overlapping; empty matches are none.</summary>
    public IEnumerable<(int From, int Length)> Find(string line)
    {
        if (regex is not null)
        {
            for (var match = regex.Match(line); match.Success; match = match.NextMatch())
            {
                if (match.Length > 0)
                {
                    yield return (match.Index, match.Length);
                }
            }

            yield break;
        }

        for (var at = line.IndexOf(text, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(text, at + text.Length, StringComparison.OrdinalIgnoreCase))
        {
            yield return (at, text.Length);
        }
    }

    public bool IsIn(string line) => regex?.IsMatch(line) ?? line.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>False when no line drawn from these events (JSON lines) can hold the text; spares taking them apart.</summary>
    internal bool MayBeIn(string events) => token is null || events.Contains(token, StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs of characters that JSON writes as they are and that never span two parts of a drawn line.</summary>
    [GeneratedRegex("[A-Za-z0-9_./@-]+")]
    private static partial Regex Tokens();
}
