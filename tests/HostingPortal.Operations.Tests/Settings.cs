using System.Text.Json;

namespace HostingPortal.Operations.Tests;

/// <summary>Settings as <c>appsettings.example.json</c> lists them.</summary>
internal static class Settings
{
    /// <returns>Names as variables, e.g. <c>Database__ConnectionString</c>.</returns>
    public static IReadOnlySet<string> Names(string example)
    {
        using var json = JsonDocument.Parse(example, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return json.RootElement.EnumerateObject().SelectMany(s => s.Value.EnumerateObject().Select(v => $"{s.Name}__{v.Name}")).ToHashSet();
    }
}
