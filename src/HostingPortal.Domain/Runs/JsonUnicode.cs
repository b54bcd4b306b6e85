using System.Globalization;
using System.Text;

namespace HostingPortal.Domain.Runs;

/// <summary>Python writes bytes that are no UTF-8 as half a surrogate pair, e.g. <c>\udcff</c>; .NET refuses to read such a string.</summary>
internal static class JsonUnicode
{
    /// <summary>The JSON text with each lone half replaced by <c>\ufffd</c>.</summary>
    public static string Mend(string json)
    {
        if (!json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase))
        {
            return json;
        }

        var mended = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length;)
        {
            var first = Escaped(json, i);
            var whole = first is { } high && char.IsHighSurrogate(high) && Escaped(json, i + 6) is { } low && char.IsLowSurrogate(low);
            var length = Math.Min(whole ? 12 : first is not null ? 6 : json[i] == '\\' ? 2 : 1, json.Length - i);
            if (!whole && first is { } half && char.IsSurrogate(half))
            {
                mended.Append(@"\ufffd");
            }
            else
            {
                mended.Append(json, i, length);
            }

            i += length;
        }

        return mended.ToString();
    }

    /// <summary>The character that a <c>\uXXXX</c> at this place stands for, or null where there is none.</summary>
    private static char? Escaped(string json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : null;
}
