using System.Text.Json;
using HostingPortal.Domain.Runs;
using HostingPortal.Web.Components.Runs;

namespace HostingPortal.Web.Tests.Runs;

/// <summary>Makes states of runs as the store and the live feed would.</summary>
internal static class RunSketch
{
    public static readonly DateTime Start = new(2026, 11, 22, 14, 31, 2, DateTimeKind.Utc);

    /// <summary>A run on these nodes with no log yet.</summary>
    public static RunDetail Detail(RunState state, params string[] nodes) => new(
        new RunRow(
            7, RunKind.Converge, state, null, null, "c-1", "Acme", "p-1", "shop", "Ann", Start, Start, state is RunState.Running or RunState.Queued ? null : Start.AddSeconds(9),
            0, 0, 0, 0, 0, false, "", "converge-nodes", null, null, null, false, null, [.. nodes.Select(n => new RunNodeRow(n, $"name-{n}", 0, 0, 0, 0, false))]),
        [], [], 0, 0);

    public static RunLogState State(RunState state, params string[] nodes)
    {
        var sketch = new RunLogState();
        sketch.Load(Detail(state, nodes), new RunMatrix([], []), []);
        return sketch;
    }

    /// <summary>Applies one batch of a task's head and its results, e.g. <c>("a", "changed")</c>; lines go on where the state ends.</summary>
    public static void Task(this RunLogState state, int number, string role, params (string Node, string Result)[] results)
    {
        var events = new List<RunEvent> { Event(state, 1, new { e = "task", n = number, role, name = $"Task {number}", action = "apt" }) };
        events.AddRange(results.Select((r, i) => Event(state, i + 2, new { e = "result", n = number, h = r.Node, st = r.Result, ms = 100, msg = "" })));
        state.Apply(Batch(state.LineCount + 1, events));
    }

    public static RunBatch Batch(int firstLine, IReadOnlyList<RunEvent> events)
    {
        var lines = new List<RunLine>();
        foreach (var e in events)
        {
            lines.AddRange(RunLines.Render(e, firstLine + lines.Count));
        }

        return new RunBatch(7, RunState.Running, events, lines);
    }

    public static RunEvent Event(RunLogState state, int offset, object fields)
    {
        var node = JsonSerializer.SerializeToNode(fields)!.AsObject();
        node["t"] = new DateTimeOffset(Start).ToUnixTimeMilliseconds() + 1000;
        return RunEvent.Adopt(node.ToJsonString(), state.LineCount + offset)!;
    }
}
