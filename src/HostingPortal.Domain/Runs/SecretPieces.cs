namespace HostingPortal.Domain.Runs;

/// <summary>Recognises the end of a secret where a text begins, and its begin where a text ends.</summary>
internal sealed class SecretPieces
{
    private readonly string[] needles;
    private readonly HashSet<int> grams = [];

    /// <param name="needles">Secrets in all their forms, each at least as long as the shortest piece.</param>
    public SecretPieces(string[] needles)
    {
        this.needles = needles;
        foreach (var needle in needles)
        {
            for (var i = 0; i + Redactor.Shortest <= needle.Length; i++)
            {
                grams.Add(string.GetHashCode(needle.AsSpan(i, Redactor.Shortest)));
            }
        }
    }

    /// <summary>Length of the piece of a secret the text begins with: a secret's end, or, where the whole text lies inside of a secret, all of it. 0 for none.</summary>
    public int AtStart(ReadOnlySpan<char> text)
    {
        if (text.Length < Redactor.Shortest || !grams.Contains(string.GetHashCode(text[..Redactor.Shortest])))
        {
            return 0;
        }

        var longest = 0;
        foreach (var needle in needles)
        {
            for (var at = IndexOf(needle, text[..Redactor.Shortest], 0); at >= 0; at = IndexOf(needle, text[..Redactor.Shortest], at + 1))
            {
                var rest = needle.AsSpan(at);
                longest = text.StartsWith(rest) ? Math.Max(longest, rest.Length) : rest.StartsWith(text) ? text.Length : longest;
            }
        }

        return longest;
    }

    /// <summary>Length of the begin of a secret the text ends with, or 0.</summary>
    public int AtEnd(ReadOnlySpan<char> text)
    {
        if (text.Length < Redactor.Shortest || !grams.Contains(string.GetHashCode(text[^Redactor.Shortest..])))
        {
            return 0;
        }

        var longest = 0;
        foreach (var needle in needles)
        {
            for (var at = IndexOf(needle, text[^Redactor.Shortest..], 0); at >= 0; at = IndexOf(needle, text[^Redactor.Shortest..], at + 1))
            {
                var begin = needle.AsSpan(0, at + Redactor.Shortest);
                longest = text.EndsWith(begin) ? Math.Max(longest, begin.Length) : longest;
            }
        }

        return longest;
    }

    private static int IndexOf(string needle, ReadOnlySpan<char> gram, int from)
    {
        var at = from > needle.Length ? -1 : needle.AsSpan(from).IndexOf(gram);
        return at < 0 ? -1 : at + from;
    }
}
