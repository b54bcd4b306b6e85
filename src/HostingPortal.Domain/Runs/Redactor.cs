using System.Text;
using System.Text.Json;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Runs;

/// <summary>Takes the secrets of a run out of its events before anything is stored: plain, JSON escaped, URL escaped, base64.</summary>
public sealed class Redactor
{
    private const int Shortest = 6;

    private readonly string[] needles;

    public Redactor(IEnumerable<Secret> secrets)
    {
        needles = secrets.Select(s => s.Reveal()).Where(s => s.Length >= Shortest).SelectMany(Forms).Distinct().OrderByDescending(s => s.Length).ToArray();
    }

    public string Clean(string text)
    {
        foreach (var needle in needles)
        {
            if (text.Contains(needle, StringComparison.Ordinal))
            {
                text = text.Replace(needle, "•••", StringComparison.Ordinal);
            }
        }

        return text;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return JsonEncodedText.Encode(secret).ToString();
        yield return Uri.EscapeDataString(secret);

        // Base64 of the secret inside longer text depends on its position: three alignments, without the characters the neighbours share.
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var from = shift == 0 ? 0 : shift + 1;
            var keep = (bytes.Length + shift) % 3 == 0 ? text.Length : (text.TrimEnd('=').Length - 1);
            if (keep - from >= Shortest)
            {
                yield return text[from..keep];
            }
        }
    }
}
