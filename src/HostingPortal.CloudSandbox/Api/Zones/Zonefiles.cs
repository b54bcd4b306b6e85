using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>Zone files as of RFC 1035, one record a line, e.g. <c>www 300 IN A 198.51.100.7 ; comment</c>.</summary>
internal static partial class Zonefiles
{
    public static string Write(Zone zone)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"$ORIGIN {zone.Name}.\n$TTL {zone.Ttl}\n");
        foreach (var set in zone.RecordSets.OrderBy(s => s.Type != "SOA").ThenBy(s => s.Id, StringComparer.Ordinal))
        {
            foreach (var record in set.Records)
            {
                var ttl = set.Ttl is { } seconds ? $"\t{seconds.ToString(CultureInfo.InvariantCulture)}" : "";
                var comment = record.Comment is null ? "" : $" ; {record.Comment.ReplaceLineEndings(" ")}";
                text.Append(CultureInfo.InvariantCulture, $"{set.Name}{ttl}\tIN\t{set.Type}\t{record.Value}{comment}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Reads a zone file; parentheses join lines, names may be relative or end in the zone's own name.</summary>
    /// <exception cref="ApiException"><c>invalid_input</c> naming the line that cannot be read.</exception>
    public static IReadOnlyList<RecordSetOrder> Parse(string zone, string text)
    {
        var sets = new List<RecordSetOrder>();
        var origin = zone + ".";
        var last = "@";
        foreach (var line in Lines(text))
        {
            if (line.StartsWith('$'))
            {
                origin = line.StartsWith("$ORIGIN", StringComparison.Ordinal) ? line["$ORIGIN".Length..].Trim() : origin;
                continue;
            }

            var match = Record().Match(line);
            if (!match.Success)
            {
                throw ApiErrors.InvalidInput("zonefile", $"cannot read the line '{line.Trim()}'");
            }

            last = match.Groups["name"].Value is { Length: > 0 } name ? Relative(name, origin, zone) : last;
            Add(sets, last, match);
        }

        return sets;
    }

    private static void Add(List<RecordSetOrder> sets, string name, Match match)
    {
        var (type, value) = (match.Groups["type"].Value.ToUpperInvariant(), match.Groups["value"].Value.Trim());
        if (!RecordTypes.All.Contains(type) || RecordTypes.Problem(type, value) is not null || !ZoneNames.IsRelative(name))
        {
            throw ApiErrors.InvalidInput("zonefile", $"cannot read the record '{match.Value.Trim()}'");
        }

        int? ttl = int.TryParse(match.Groups["ttl"].Value, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        var record = new RecordValue(value, match.Groups["comment"] is { Success: true } comment ? comment.Value.Trim() : null);
        if (sets.Find(set => set.Name == name && set.Type == type) is { } known)
        {
            known.Records.Add(record);
        }
        else
        {
            sets.Add(new RecordSetOrder(name, type, ttl, [record], []));
        }
    }

    private static string Relative(string name, string origin, string zone)
    {
        var full = name == "@" ? origin : name.EndsWith('.') ? name : $"{name}.{origin}";
        return full == $"{zone}." ? "@"
            : full.EndsWith($".{zone}.", StringComparison.Ordinal) ? full[..^(zone.Length + 2)].ToLowerInvariant()
            : throw ApiErrors.InvalidInput("zonefile", $"'{name}' is not in the zone");
    }

    private static IEnumerable<string> Lines(string text)
    {
        var joined = Parentheses().Replace(text, group => group.Value.Trim('(', ')').ReplaceLineEndings(" "));
        return joined.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0 && !line.TrimStart().StartsWith(';'));
    }

    [GeneratedRegex("""
        ^(?<name>[^\s;]*) (?:\s+(?<ttl>\d+))? (?:\s+IN)? (?:\s+(?<ttl>\d+))?
        \s+(?<type>[A-Za-z]+) \s+(?<value>(?:"(?:[^"\\]|\\.)*"|[^;"])+) (?:;(?<comment>.*))?$
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Record();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parentheses();
}
