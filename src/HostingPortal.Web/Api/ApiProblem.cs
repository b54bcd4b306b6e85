using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace HostingPortal.Web.Api;

/// <summary>A refusal or failure as RFC 9457 says it.</summary>
/// <param name="Code">Stable; programs decide by it.</param>
/// <param name="Detail">One sentence in the caller's language.</param>
internal sealed record ApiProblem(int Status, string Code, string Detail)
{
    public string Type => "about:blank";

    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The input that caused it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>Sentences by field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>What stands in the sentence, e.g. the record that has to be published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, object?>? Values { get; init; }

    /// <summary>Finds the portal's log lines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Correlation { get; init; }
}
