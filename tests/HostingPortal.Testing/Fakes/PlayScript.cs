using System.Text.Json;
using System.Text.Json.Serialization;
using HostingPortal.Domain.Runs;

namespace HostingPortal.Testing.Fakes;

/// <summary>Event lines as the callback plugin writes them.</summary>
public static class PlayScript
{
    private static readonly JsonSerializerOptions Compact = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static IReadOnlyList<string> Succeeds(ExecutorRun run) => [.. Opening(run), .. run.Limit.Select(host => Result(1, host, "changed")), End(0)];

    /// <summary>One task that failed on every host.</summary>
    public static IReadOnlyList<string> Fails(ExecutorRun run, string message) =>
        [.. Opening(run), .. run.Limit.Select(host => Result(1, host, "failed", message)), End(2)];

    /// <summary>A play whose last task reports data, e.g. <c>portal_sites</c>.</summary>
    public static IReadOnlyList<string> Reports(ExecutorRun run, string key, object value) =>
        [.. Opening(run), .. run.Limit.Select(host => Result(1, host, "ok", data: new Dictionary<string, object> { [key] = value })), End(0)];

    public static IReadOnlyList<string> Opening(ExecutorRun run) =>
    [
        Json(new { t = 1, e = "start", playbook = run.Playbook, commit = run.Commit, content = run.ContentVersion, ansible = "2.19" }),
        Json(new { t = 2, e = "play", name = "web nodes", tasks = 1 }),
        Json(new { t = 3, e = "task", n = 1, role = "sites", name = "Install sites", action = "ansible.builtin.command" }),
    ];

    public static string Result(int task, string host, string status, string? message = null, object? data = null) =>
        Json(new { t = 4, e = "result", n = task, h = host, st = status, ms = 12, msg = message, data });

    public static string End(int exitCode, string reason = "finished") => Json(new { t = 9, e = "end", rc = exitCode, reason });

    private static string Json(object fields) => JsonSerializer.Serialize(fields, Compact);
}
