using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>Names of zones and of record sets in them.</summary>
internal static partial class ZoneNames
{
    /// <summary>Second-level suffixes under which names are registered; enough of the public suffix list for a simulator.</summary>
    private static readonly HashSet<string> TwoLabelSuffixes =
        ["co.uk", "org.uk", "me.uk", "co.at", "or.at", "com.au", "net.au", "co.nz", "co.jp", "com.br", "com.pl", "co.za", "com.tr"];

    /// <summary>True for a registrable domain, e.g. <c>example.com</c> but not <c>shop.example.com</c>.</summary>
    public static bool IsZone(string name)
    {
        var labels = name.Split('.');
        return name.Length <= 253 && labels.All(label => Label().IsMatch(label))
            && (labels.Length == 2 ? !TwoLabelSuffixes.Contains(name) : labels.Length == 3 && TwoLabelSuffixes.Contains($"{labels[1]}.{labels[2]}"));
    }

    /// <summary>True for <c>@</c>, <c>www</c>, <c>_acme-challenge.shop</c>, <c>*</c> or <c>*.shop</c>.</summary>
    public static bool IsRelative(string name)
    {
        var labels = name.Split('.');
        return name == "@" || (name.Length <= 253 && labels.Skip(labels[0] == "*" ? 1 : 0).All(label => RecordLabel().IsMatch(label)));
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Label();

    [GeneratedRegex("^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$")]
    private static partial Regex RecordLabel();
}
