using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>What a value must look like for each type of record.</summary>
internal static partial class RecordTypes
{
    public static readonly string[] All =
        ["A", "AAAA", "CAA", "CNAME", "DS", "HINFO", "HTTPS", "MX", "NS", "PTR", "RP", "SOA", "SRV", "SVCB", "TLSA", "TXT"];

    /// <summary>A sentence saying what is wrong with the value, or null.</summary>
    public static string? Problem(string type, string value) => type switch
    {
        "A" => IsAddress(value, AddressFamily.InterNetwork) ? null : "is not an IPv4 address",
        "AAAA" => IsAddress(value, AddressFamily.InterNetworkV6) ? null : "is not an IPv6 address",
        "CNAME" or "NS" or "PTR" => IsName(value) ? null : "is not a host name",
        "MX" => IsMx(value.Split(' ')) ? null : "must be 'preference host'",
        "SRV" => IsSrv(value.Split(' ')) ? null : "must be 'priority weight port host'",
        "CAA" => Caa().IsMatch(value) ? null : "must be 'flags tag \"value\"'",
        "TXT" => TxtProblem(value),
        _ => value.Length is > 0 and <= 4096 && !value.Contains('\n', StringComparison.Ordinal) ? null : "is not a valid record value",
    };

    private static bool IsAddress(string value, AddressFamily family) =>
        IPAddress.TryParse(value, out var ip) && ip.AddressFamily == family
        && (family != AddressFamily.InterNetwork || value.Count(c => c == '.') == 3);

    private static bool IsName(string value) => value == "@" || (value.Length <= 254 && Host().IsMatch(value));

    private static bool IsNumber(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max;

    private static bool IsMx(string[] parts) => parts.Length == 2 && IsNumber(parts[0], ushort.MaxValue) && IsName(parts[1]);

    private static bool IsSrv(string[] parts) =>
        parts.Length == 4 && parts.Take(3).All(p => IsNumber(p, ushort.MaxValue)) && (parts[3] == "." || IsName(parts[3]));

    private static string? TxtProblem(string value)
    {
        if (!Txt().IsMatch(value))
        {
            return "TXT values must be quoted strings, e.g. \"part1\" \"part2\"";
        }

        var parts = TxtPart().Matches(value).Select(part => part.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal));
        return parts.Any(part => Encoding.UTF8.GetByteCount(part) > 255) ? "a TXT string exceeds 255 characters" : null;
    }

    [GeneratedRegex(@"^(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\.?$")]
    private static partial Regex Host();

    [GeneratedRegex("""^\d{1,3} [a-z0-9]+ "[^"]*"$""")]
    private static partial Regex Caa();

    [GeneratedRegex("""^"(?:[^"\\]|\\.)*"( +"(?:[^"\\]|\\.)*")*$""")]
    private static partial Regex Txt();

    [GeneratedRegex("""
        "((?:[^"\\]|\\.)*)"
        """)]
    private static partial Regex TxtPart();
}
