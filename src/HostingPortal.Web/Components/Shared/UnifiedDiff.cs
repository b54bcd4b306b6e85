using System.Text.RegularExpressions;

namespace HostingPortal.Web.Components.Shared;

/// <summary>
/// Reads a unified diff as git prints it:
/// <code>
/// diff --git a/host_vars/n-01/sites.yml b/host_vars/n-01/sites.yml
/// --- a/host_vars/n-01/sites.yml
/// +++ b/host_vars/n-01/sites.yml
/// @@ -1,2 +1,3 @@
///  portal_sites:
/// +  - id: !unsafe "s-01"
/// </code>
/// A vault file has keys instead of lines, and no numbers: <c>@@ encrypted @@</c>, <c>+portal_secrets.broker_password: •••</c>.
/// </summary>
public static partial class UnifiedDiff
{
    public static IReadOnlyList<DiffLine> Parse(string text)
    {
        var lines = new List<DiffLine>();
        var (before, after, inHunk, numbered) = (0, 0, false, true);
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            var place = Place().Match(line);
            if (place.Success)
            {
                (before, after, inHunk, numbered) = (int.Parse(place.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), int.Parse(place.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), true, true);
                lines.Add(new(DiffLineKind.Place, null, null, $"{after}"));
            }
            else if (line.StartsWith("@@ encrypted", StringComparison.Ordinal))
            {
                (inHunk, numbered) = (true, false);
            }
            else if (line.StartsWith("diff ", StringComparison.Ordinal))
            {
                inHunk = false;
            }
            else if (!inHunk)
            {
                AddFile(lines, line);
            }
            else if (line.StartsWith('+'))
            {
                lines.Add(new(DiffLineKind.Added, null, numbered ? after++ : null, line[1..]));
            }
            else if (line.StartsWith('-'))
            {
                lines.Add(new(DiffLineKind.Removed, numbered ? before++ : null, null, line[1..]));
            }
            else if (line.StartsWith(' '))
            {
                lines.Add(new(DiffLineKind.Same, before++, after++, line[1..]));
            }
        }

        return lines;
    }

    private static void AddFile(List<DiffLine> lines, string line)
    {
        var gone = line.StartsWith("--- a/", StringComparison.Ordinal);
        if (!gone && !line.StartsWith("+++ b/", StringComparison.Ordinal))
        {
            return;
        }

        var name = line[6..];
        if (lines is [.., { Kind: DiffLineKind.File } last] && last.Text == name)
        {
            return;
        }

        lines.Add(new(DiffLineKind.File, null, null, name));
    }

    [GeneratedRegex(@"^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
