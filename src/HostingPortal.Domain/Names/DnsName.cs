using System.Globalization;
using System.Text.RegularExpressions;

namespace HostingPortal.Domain.Names;

/// <summary>A host name as it goes to DNS, nginx and certificates: lower case, punycode, no trailing dot, at least two labels.</summary>
public static partial class DnsName
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>Top-level names that can never be public.</summary>
    private static readonly string[] Reserved = ["localhost", "local", "internal", "invalid", "onion", "arpa"];

    /// <summary>Normalises what a person typed; null when it is no host name. <c>Bücher.Example.</c> becomes <c>xn--bcher-kva.example</c>.</summary>
    public static string? Parse(string? text)
    {
        var trimmed = text?.Trim(' ');
        if (string.IsNullOrEmpty(trimmed) || trimmed.Length > 253 || !Text.IsPrintable(trimmed))
        {
            return null;
        }

        string ascii;
        try
        {
            ascii = Idn.GetAscii(trimmed.EndsWith('.') ? trimmed[..^1] : trimmed).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }

        return Host().IsMatch(ascii) && ascii.Length <= 253 && !Reserved.Contains(ascii[(ascii.LastIndexOf('.') + 1)..]) ? ascii : null;
    }

    /// <summary>True when <paramref name="name"/> is <paramref name="zone"/> or below it.</summary>
    public static bool IsWithin(string name, string zone) =>
        name == zone || name.EndsWith("." + zone, StringComparison.Ordinal);

    /// <summary>The name inside its zone: <c>@</c> for the apex, else e.g. <c>www</c>.</summary>
    public static string RelativeTo(string name, string zone) => name == zone ? "@" : name[..^(zone.Length + 1)];

    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\z", RegexOptions.NonBacktracking)]
    private static partial Regex Host();
}
