using System.Globalization;
using System.Text.Json;

namespace HostingPortal.Domain.Runs;

/// <summary>Turns events into the text lines people read; pure, so that line numbers are the same for everybody and forever.</summary>
public static class RunLines
{
    /// <summary>Longest line drawn at once; the whole text stays in the event.</summary>
    public const int MaxLength = 16 * 1024;

    /// <param name="whole">Lines as long as they are, for search and files; else cut at <see cref="MaxLength"/>.</param>
    public static IReadOnlyList<RunLine> Render(RunEvent e, int firstLine, bool whole = false)
    {
        var lines = new List<RunLine>();
        void Add(string kind, string? text)
        {
            foreach (var part in (text ?? "").TrimEnd('\n').Split('\n'))
            {
                var full = part.TrimEnd('\r');
                var more = whole ? 0 : Math.Max(0, full.Length - MaxLength);
                lines.Add(new RunLine(firstLine + lines.Count, e.Seq, e.Time, e.Task ?? 0, e.Host, kind, more > 0 ? Cut(full) : full, more, lines.Count == 0 ? CountDiff(e.Word("diff")) : null));
            }
        }

        switch (e.Kind)
        {
            case "step":
                Add("step", $"{e.Word("name")} · {e.Word("st")}{Suffix(e.Word("msg"))}");
                break;
            case "line":
                Add("text", e.Word("msg"));
                break;
            case "waiting":
                Add("text", $"waits for run {e.Word("run")}");
                break;
            case "start":
                Add("text", $"{e.Word("playbook")}, inventory {Short(e.Word("commit"))}, content {e.Word("content")}, ansible {e.Word("ansible")}");
                break;
            case "play":
                Add("play", $"PLAY [{e.Word("name")}]");
                break;
            case "task":
                Add("task", e.Word("role") is { Length: > 0 } role ? $"TASK [{role} : {e.Word("name")}]" : $"TASK [{e.Word("name")}]");
                break;
            case "result":
                Result(e, Add);
                break;
            case "item":
                Add(e.Word("st") ?? "ok", $"{e.Word("label")}{Suffix(e.Word("msg"))}");
                break;
            case "warn":
                Add("warn", e.Word("msg"));
                break;
            case "stats":
                foreach (var host in Hosts(e))
                {
                    Add("stats", host);
                }

                break;
            case "end":
                Add("end", $"{e.Word("reason")}, exit code {e.Number("rc")?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}");
                break;
        }

        return lines;
    }

    private static void Result(RunEvent e, Action<string, string?> add)
    {
        var status = e.Word("st") ?? "ok";
        add(status, e.Word("msg") is { Length: > 0 } message ? message : status);
        if (status is "failed" or "unreachable")
        {
            if (e.Word("out") is { Length: > 0 } output)
            {
                add(status, output);
            }

            if (e.Word("err") is { Length: > 0 } error)
            {
                add(status, error);
            }
        }
    }

    private static IEnumerable<string> Hosts(RunEvent e)
    {
        if (!e.Json.TryGetProperty("h", out var hosts) || hosts.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var host in hosts.EnumerateObject().Where(h => h.Value.ValueKind == JsonValueKind.Object))
        {
            yield return $"{host.Name}: {string.Join(", ", host.Value.EnumerateObject().Select(c => $"{c.Name} {c.Value.GetRawText()}"))}";
        }
    }

    /// <summary>Never between the halves of a character.</summary>
    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];

    /// <summary>A unified diff as counts, e.g. <c>+34 −2</c>; its head lines not counted. Null without one.</summary>
    public static string? CountDiff(string? diff)
    {
        var (added, removed) = (0, 0);
        foreach (var line in (diff ?? "").AsSpan().EnumerateLines())
        {
            added += line.StartsWith("+") && !line.StartsWith("+++ ") ? 1 : 0;
            removed += line.StartsWith("-") && !line.StartsWith("--- ") ? 1 : 0;
        }

        return (added, removed) switch { (0, 0) => null, (_, 0) => $"+{added}", (0, _) => $"−{removed}", _ => $"+{added} −{removed}" };
    }

    private static string Suffix(string? message) => string.IsNullOrEmpty(message) ? "" : ": " + message;

    private static string Short(string? commit) => commit is { Length: > 8 } ? commit[..8] : commit ?? "";
}

/// <param name="Number">From 1, within the run.</param>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Task">Number of the task, 0 outside of tasks.</param>
/// <param name="Kind">A result word (<c>ok</c>, <c>changed</c>, <c>failed</c>…) or <c>step</c>, <c>text</c>, <c>play</c>, <c>task</c>, <c>warn</c>, <c>stats</c>, <c>end</c>.</param>
/// <param name="Hidden">Characters at the end that are not in <paramref name="Text"/>.</param>
/// <param name="Diff">How many lines of files its result added and removed, e.g. <c>+34 −2</c>; the difference itself stands in the event. Null for none.</param>
public sealed record RunLine(int Number, int Seq, long Time, int Task, string? NodeId, string Kind, string Text, int Hidden = 0, string? Diff = null);
