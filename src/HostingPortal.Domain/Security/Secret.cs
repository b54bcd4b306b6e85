using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostingPortal.Domain.Security;

/// <summary>A value that must not be printed. Text, logs and JSON never show it; <see cref="Reveal"/> names the places that use it.</summary>
[JsonConverter(typeof(NeverInJson))]
[DebuggerDisplay("•••")]
public sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "•••";

    private sealed class NeverInJson : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is never read from JSON.");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is never written to JSON.");
    }
}
