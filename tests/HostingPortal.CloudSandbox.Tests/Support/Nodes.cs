using System.Text.Json.Nodes;

namespace HostingPortal.CloudSandbox.Tests.Support;

/// <summary>Short ways into answers.</summary>
internal static class Nodes
{
    /// <summary>The text at a path such as <c>server.public_net.ipv4.ip</c>; numbers as written.</summary>
    public static string? Text(this JsonNode node, string path) => node.At(path)?.ToString();

    public static long Id(this JsonNode node, string path) => node.At(path)!["id"]!.GetValue<long>();

    public static IReadOnlyList<string> Texts(this JsonNode node, string list, string field) =>
        [.. node[list]!.AsArray().Select(item => item!.Text(field)!)];

    private static JsonNode? At(this JsonNode node, string path) =>
        path.Split('.').Aggregate((JsonNode?)node, (current, key) => current is JsonArray items ? items[int.Parse(key, null)] : current?[key]);
}
