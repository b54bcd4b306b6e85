using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HostingPortal.Domain.Runs;

/// <summary>How a secret may look in what a program prints: as it is, in JSON, in an address, quoted for a shell, in base64; long ones line by line as well.</summary>
internal static class SecretForms
{
    private const int ShortestLine = 16;
    private static readonly int[] Base64Widths = [64, 76];

    public static IEnumerable<string> Of(string secret)
    {
        foreach (var text in Lines(secret).Prepend(secret).Prepend(secret.Replace("\n", "\r\n", StringComparison.Ordinal)))
        {
            foreach (var form in Shell(text).Concat(Address(text)).Prepend(text))
            {
                yield return form;
                foreach (var json in Json(form))
                {
                    yield return json;
                }
            }

            foreach (var form in Base64(text))
            {
                yield return form;
            }
        }
    }

    /// <summary>A key is often printed line by line. Its head and foot are no secret.</summary>
    private static IEnumerable<string> Lines(string secret)
    {
        var lines = secret.Split('\n', StringSplitOptions.TrimEntries);
        return lines.Length == 1 ? [] : lines.Where(l => l.Length >= ShortestLine && !l.StartsWith("-----", StringComparison.Ordinal));
    }

    /// <summary>The ways .NET and Python write a text into JSON, and that once more as text inside JSON.</summary>
    private static IEnumerable<string> Json(string text)
    {
        string[] once =
        [
            JsonEncodedText.Encode(text).ToString(), JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Python(text, ascii: true), Python(text, ascii: false),
        ];
        return once.Concat(once.Select(o => Python(o, ascii: false)));
    }

    private static string Python(string text, bool ascii) => Escape(text, c => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' => Hex(c),
        > '~' when ascii => Hex(c),
        _ => null,
    });

    private static string Hex(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    /// <summary>Single quotes in two spellings, double quotes, backslashes, <c>$'…'</c>. What stands around the secret is not part of it.</summary>
    private static IEnumerable<string> Shell(string text) =>
    [
        text.Replace("'", "'\"'\"'", StringComparison.Ordinal),
        text.Replace("'", "'\\''", StringComparison.Ordinal),
        Escape(text, c => c is '"' or '\\' or '$' or '`' ? "\\" + c : null),
        Escape(text, c => char.IsAsciiLetterOrDigit(c) || "_@%+=:,./-".Contains(c, StringComparison.Ordinal) || c > '~' ? null : "\\" + c),
        Escape(text, c => c switch { '\'' or '\\' => "\\" + c, '\n' => "\\n", '\t' => "\\t", '\r' => "\\r", _ => null }),
    ];

    private static IEnumerable<string> Address(string text)
    {
        var whole = Uri.EscapeDataString(text);
        var path = whole.Replace("%2F", "/", StringComparison.Ordinal);
        string[] forms = [whole, path, whole.Replace("%20", "+", StringComparison.Ordinal), path.Replace("%20", "+", StringComparison.Ordinal)];
        return forms.Concat(forms.Select(LowerHex));
    }

    private static string LowerHex(string escaped)
    {
        var text = new StringBuilder(escaped);
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '%')
            {
                (text[i + 1], text[i + 2]) = (char.ToLower(text[i + 1], CultureInfo.InvariantCulture), char.ToLower(text[i + 2], CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    /// <summary>Inside a longer text it depends on the position: three alignments, without the characters the neighbours share. On its own also in lines.</summary>
    private static IEnumerable<string> Base64(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var from = shift == 0 ? 0 : shift + 1;
            var keep = (bytes.Length + shift) % 3 == 0 ? text.Length : text.TrimEnd('=').Length - 1;
            if (keep - from >= Redactor.Shortest)
            {
                yield return text[from..keep];
                yield return text[from..keep].Replace('+', '-').Replace('/', '_');
            }
        }

        foreach (var width in Base64Widths)
        {
            yield return string.Join('\n', Convert.ToBase64String(bytes).TrimEnd('=').Chunk(width).Select(line => new string(line)));
        }
    }

    private static string Escape(string text, Func<char, string?> escape)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = escape(c) is { } other ? escaped.Append(other) : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
