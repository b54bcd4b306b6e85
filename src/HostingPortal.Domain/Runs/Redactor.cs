using System.Buffers;
using System.Text.Json.Nodes;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Takes the secrets of a run out of its events before anything is stored, in every form of <see cref="SecretForms"/>. A text that begins with the end of a
/// secret or ends with its begin loses that piece too: output is cut into events anywhere. Pieces below six characters stay.
/// </summary>
public sealed class Redactor
{
    public const int Shortest = 6;
    private const string Mask = "•••";

    private readonly HashSet<string> known;
    private readonly string[] needles;
    private readonly SearchValues<string> any;
    private readonly SecretPieces pieces;

    public Redactor(IEnumerable<Secret> secrets)
    {
        known = secrets.Select(s => s.Reveal()).ToHashSet(StringComparer.Ordinal);
        needles = [.. known.SelectMany(SecretForms.Of).Where(s => s.Length >= Shortest).Distinct().OrderByDescending(s => s.Length)];
        any = SearchValues.Create(needles, StringComparison.Ordinal);

        // A key as a whole begins with its head, which is no secret; its lines are among the needles on their own.
        pieces = new SecretPieces([.. needles.Where(n => !n.StartsWith("-----", StringComparison.Ordinal))]);
    }

    /// <summary>One that knows these as well; itself where none of them is new.</summary>
    public Redactor With(IReadOnlyList<Secret> more) =>
        more.All(s => known.Contains(s.Reveal())) ? this : new Redactor([.. known.Select(k => new Secret(k)), .. more]);

    /// <summary>A text on its own, e.g. a line of output that is no event.</summary>
    public string Clean(string text) => needles.Length == 0 ? text : Ends(Whole(text));

    /// <summary>Every text inside an event, decoded: what JSON does to a character makes no difference.</summary>
    public void Clean(JsonNode? node)
    {
        if (needles.Length == 0)
        {
            return;
        }

        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    CleanMember(value, clean => fields[name] = clean);
                    if (Whole(name) is var safe && safe != name)
                    {
                        var kept = fields[name];
                        fields.Remove(name);
                        fields[safe] = kept;
                    }
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var at = i;
                    CleanMember(items[i], clean => items[at] = clean);
                }

                break;
        }
    }

    private void CleanMember(JsonNode? member, Action<JsonNode> put)
    {
        if (member is JsonValue value && value.TryGetValue<string>(out var text))
        {
            if (Clean(text) is var clean && !ReferenceEquals(clean, text))
            {
                put(JsonValue.Create(clean));
            }
        }
        else
        {
            Clean(member);
        }
    }

    private string Whole(string text)
    {
        if (!text.AsSpan().ContainsAny(any))
        {
            return text;
        }

        foreach (var needle in needles)
        {
            if (text.Contains(needle, StringComparison.Ordinal))
            {
                text = text.Replace(needle, Mask, StringComparison.Ordinal);
            }
        }

        return text;
    }

    private string Ends(string text)
    {
        var head = pieces.AtStart(text);
        var tail = head == text.Length ? 0 : pieces.AtEnd(text.AsSpan(head));
        return head + tail == 0 ? text : $"{(head > 0 ? Mask : "")}{text.AsSpan(head, text.Length - head - tail)}{(tail > 0 ? Mask : "")}";
    }
}
