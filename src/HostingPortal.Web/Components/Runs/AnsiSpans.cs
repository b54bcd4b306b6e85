using System.Text;

namespace HostingPortal.Web.Components.Runs;

/// <summary>A piece of a line in one style.</summary>
/// <param name="Style">CSS classes, e.g. <c>ansi-31 ansi-1</c>, or null for plain text.</param>
public readonly record struct AnsiSpan(string Text, string? Style);

/// <summary>
/// Cuts a line at its colour codes, e.g. <c>ESC[31mfailed ESC[0m</c>. Other escape sequences and control characters are dropped: the text is shown as text.
/// </summary>
public static class AnsiSpans
{
    private const char Escape = '\u001b';

    public static IReadOnlyList<AnsiSpan> Parse(string line)
    {
        if (!line.Any(char.IsControl))
        {
            return [new AnsiSpan(line, null)];
        }

        var spans = new List<AnsiSpan>();
        var text = new StringBuilder();
        string? colour = null;
        var bold = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == Escape)
            {
                Flush(spans, text, colour, bold);
                i = Skip(line, i, ref colour, ref bold);
            }
            else if (line[i] == '\t')
            {
                text.Append("    ");
            }
            else if (!char.IsControl(line[i]))
            {
                text.Append(line[i]);
            }
        }

        Flush(spans, text, colour, bold);
        return spans;
    }

    /// <summary>Index of the sequence's last character; its colours are taken over.</summary>
    private static int Skip(string line, int at, ref string? colour, ref bool bold)
    {
        if (at + 1 >= line.Length || line[at + 1] != '[')
        {
            return Math.Min(at + 1, line.Length - 1);
        }

        var end = at + 2;
        while (end < line.Length && line[end] is < '@' or > '~')
        {
            end++;
        }

        if (end >= line.Length || line[end] != 'm')
        {
            return Math.Min(end, line.Length - 1);
        }

        foreach (var code in line[(at + 2)..end].Split(';'))
        {
            (colour, bold) = code switch
            {
                "" or "0" => (null, false),
                "1" => (colour, true),
                "22" => (colour, false),
                "39" => (null, bold),
                _ when code.Length == 2 && code[0] is '3' or '9' && code[1] is >= '0' and <= '7' => ("ansi-3" + code[1], bold),
                _ => (colour, bold),
            };
        }

        return end;
    }

    private static void Flush(List<AnsiSpan> spans, StringBuilder text, string? colour, bool bold)
    {
        if (text.Length > 0)
        {
            var style = $"{colour}{(bold ? " strong" : "")}".Trim();
            spans.Add(new AnsiSpan(text.ToString(), style.Length == 0 ? null : style));
            text.Clear();
        }
    }
}
