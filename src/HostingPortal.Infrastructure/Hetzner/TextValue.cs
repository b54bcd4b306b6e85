using System.Text;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>TXT data as DNS writes it: quoted strings of at most 255 bytes each, e.g. <c>"first part" "second"</c>.</summary>
internal static class TextValue
{
    private const int LongestPart = 255;

    public static string Quote(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == 0 ? "\"\"" : string.Join(' ', bytes.Chunk(LongestPart).Select(QuotePart));
    }

    /// <summary>The parts joined. Text without quotes is taken as it stands.</summary>
    public static string Read(string data)
    {
        if (!data.StartsWith('"'))
        {
            return data;
        }

        var bytes = new List<byte>();
        var inside = false;
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i] == '"')
            {
                inside = !inside;
            }
            else if (inside && data[i] == '\\' && i + 3 < data.Length && char.IsAsciiDigit(data[i + 1]))
            {
                bytes.Add((byte)int.Parse(data.AsSpan(i + 1, 3), System.Globalization.CultureInfo.InvariantCulture));
                i += 3;
            }
            else if (inside)
            {
                i += data[i] == '\\' && i + 1 < data.Length ? 1 : 0;
                bytes.AddRange(Encoding.UTF8.GetBytes(data, i, 1));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string QuotePart(byte[] part)
    {
        var text = new StringBuilder("\"");
        foreach (var b in part)
        {
            _ = b switch
            {
                (byte)'"' or (byte)'\\' => text.Append('\\').Append((char)b),
                >= 0x20 and < 0x7f => text.Append((char)b),
                _ => text.Append('\\').Append(b.ToString("D3", System.Globalization.CultureInfo.InvariantCulture)),
            };
        }

        return text.Append('"').ToString();
    }
}
