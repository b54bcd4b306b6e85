using System.Text.Json;
using System.Text.Json.Nodes;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// One event of a run's log as compact JSON. The executor's come from the callback plugin, e.g.
/// <c>{"s":12,"t":1795000000123,"e":"result","n":4,"h":"n-01jd…","st":"changed","ms":310,"msg":"…"}</c>;
/// the portal's own are <c>step</c> and <c>line</c>. <c>s</c> is the portal's sequence number, from 1 without gaps.
/// </summary>
/// <param name="Time">Unix milliseconds.</param>
public sealed record RunEvent(int Seq, long Time, string Kind, JsonElement Json)
{
    public int? Task => Number("n");

    public string? Host => Word("h");

    public string? Word(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public int? Number(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
        ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
        : null;

    public string ToText() => Json.GetRawText();

    /// <summary>Takes an event over under the portal's own number, without the secrets the redactor knows. Null when the text is no event.</summary>
    public static RunEvent? Adopt(string text, int seq, Redactor? redactor = null)
    {
        try
        {
            if (JsonNode.Parse(JsonUnicode.Mend(text)) is not JsonObject node || node["e"]?.GetValue<string>() is not { Length: > 0 } kind || node["t"]?.GetValue<long>() is not { } time)
            {
                return null;
            }

            redactor?.Clean(node);
            node["s"] = seq;
            return new RunEvent(seq, time, kind, JsonSerializer.SerializeToElement(node));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    public static RunEvent Own(int seq, DateTimeOffset time, string kind, object fields)
    {
        var node = JsonSerializer.SerializeToNode(fields, JsonSerializerOptions.Web)!.AsObject();
        node["s"] = seq;
        node["t"] = time.ToUnixTimeMilliseconds();
        node["e"] = kind;
        return new RunEvent(seq, time.ToUnixTimeMilliseconds(), kind, JsonSerializer.SerializeToElement(node));
    }

    /// <summary>Reads a stored line back.</summary>
    public static RunEvent Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement.Clone();
        return new RunEvent(json.GetProperty("s").GetInt32(), json.GetProperty("t").GetInt64(), json.GetProperty("e").GetString()!, json);
    }
}
