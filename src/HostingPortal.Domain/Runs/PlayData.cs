using System.Text.Json;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// What the roles report back in result keys beginning with <c>portal_</c>, by node, and the last failure of each node. Everything here comes from a machine
/// tenants work on: read as data, never rendered back into an inventory.
/// </summary>
public sealed class PlayData
{
    private readonly Dictionary<(string Host, string Key), JsonElement> values = [];
    private readonly Dictionary<string, (string Task, string Message)> failures = [];
    private readonly HashSet<string> unreachable = [];
    private readonly HashSet<string> changed = [];
    private string task = "";

    public IReadOnlyDictionary<string, (string Task, string Message)> Failures => failures;

    public IReadOnlySet<string> Unreachable => unreachable;

    /// <summary>Nodes on which at least one task changed something, or would in a check.</summary>
    public IReadOnlySet<string> Changed => changed;

    public void Take(RunEvent e)
    {
        if (e.Kind == "task")
        {
            task = $"{e.Word("role")} : {e.Word("name")}";
        }

        if (e.Kind != "result" || e.Host is not { } host)
        {
            return;
        }

        switch (e.Word("st"))
        {
            case "failed":
                failures[host] = (task, e.Word("msg") ?? "");
                break;
            case "unreachable":
                unreachable.Add(host);
                break;
            case "changed":
                changed.Add(host);
                break;
        }

        if (e.Json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            foreach (var value in data.EnumerateObject())
            {
                values[(host, value.Name)] = value.Value;
            }
        }
    }

    public JsonElement? Get(string host, string key) => values.TryGetValue((host, key), out var value) ? value : null;
}
