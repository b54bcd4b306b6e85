using System.Text.Json;
using System.Text.RegularExpressions;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>What a label may look like: key <c>[prefix/]name</c>, name and value up to 63 characters.</summary>
internal static partial class LabelRules
{
    public static bool IsKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (prefix, name) = slash < 0 ? (null, key) : (key[..slash], key[(slash + 1)..]);
        return name.Length is > 0 and <= 63 && Name().IsMatch(name)
            && (prefix is null || (prefix.Length <= 253 && prefix != "hetzner.cloud" && Subdomain().IsMatch(prefix)));
    }

    public static bool IsValue(string value) => value.Length == 0 || (value.Length <= 63 && Name().IsMatch(value));

    /// <summary>Reads <c>labels</c>; null when the request does not name them.</summary>
    public static Dictionary<string, string>? Labels(this Body body) => body.Object("labels", ReadAll);

    private static Dictionary<string, string> ReadAll(Body labels)
    {
        var result = new Dictionary<string, string>();
        foreach (var (key, value) in labels.Properties())
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            if (!IsKey(key) || !IsValue(text))
            {
                labels.Reject(key, "is not a valid label");
            }

            result[key] = text;
        }

        return result;
    }

    [GeneratedRegex("^[a-z0-9A-Z]([a-z0-9A-Z._-]*[a-z0-9A-Z])?$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$")]
    private static partial Regex Subdomain();
}
