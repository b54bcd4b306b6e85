using System.Globalization;
using System.Text;

namespace HostingPortal.Domain;

/// <summary>Checks for free text: normalised (NFC), no control, format, surrogate or unassigned characters, bounded.</summary>
public static class Text
{
    /// <summary>One line, trimmed, 1 to <paramref name="max"/> characters.</summary>
    /// <exception cref="RuleViolationException">Empty, too long or with characters that do not print.</exception>
    public static string Line(string? text, int max, string field)
    {
        var line = (text ?? "").Trim();
        if (line.Length == 0)
        {
            throw new RuleViolationException("Text.Missing", field);
        }

        if (!IsPrintable(line))
        {
            throw new RuleViolationException("Text.Unprintable", field);
        }

        line = line.Normalize(NormalizationForm.FormC);
        return line.Length <= max ? line : throw new RuleViolationException("Text.TooLong", field, ("max", max));
    }

    public static bool IsPrintable(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return false;
            }
        }

        return true;
    }
}
