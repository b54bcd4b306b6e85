using System.Text.Json;
using System.Text.Json.Nodes;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>Event lines as the callback plugin writes them, with the present as their time.</summary>
internal static class EventText
{
    public static string Play(int tasks) => Of(new { e = "play", name = "Converge nodes", tasks });

    public static string Task(int number, string role, string name) => Of(new { e = "task", n = number, role, name, action = "ansible.builtin.apt" });

    public static string Result(int task, string node, string status, string message = "", string? output = null, int milliseconds = 300) =>
        Of(new { e = "result", n = task, h = node, st = status, ms = milliseconds, msg = message, @out = output, rc = status == "failed" ? 100 : 0 });

    public static string Diff(int task, string node, string diff) => Of(new { e = "result", n = task, h = node, st = "changed", ms = 120, diff });

    public static string Item(int task, string node, string label) => Of(new { e = "item", n = task, h = node, st = "ok", label });

    public static string Line(string text) => Of(new { e = "line", msg = text });

    public static string End(int exitCode = 0) => Of(new { e = "end", reason = "finished", rc = exitCode });

    private static string Of(object fields)
    {
        var node = JsonSerializer.SerializeToNode(fields)!.AsObject();
        node["t"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return node.ToJsonString();
    }
}
