using HostingPortal.Domain.Runs;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Runs;

/// <summary>Names and words of runs.</summary>
public static class RunWords
{
    /// <summary>As the events spell it, e.g. <c>changed</c>.</summary>
    public static TaskResult Result(string? word) => word switch
    {
        "changed" => TaskResult.Changed,
        "skipped" => TaskResult.Skipped,
        "failed" => TaskResult.Failed,
        "unreachable" => TaskResult.Unreachable,
        "ignored" => TaskResult.Ignored,
        _ => TaskResult.Ok,
    };

    /// <summary>"Converge acme-shop · web-1", or with several nodes their number.</summary>
    public static string Title(RunRow run, Texts texts) => run.Nodes.Count switch
    {
        0 => texts["Run.Title", ("kind", Kind(run, texts)), ("project", run.ProjectName)],
        1 => texts["Run.TitleNode", ("kind", Kind(run, texts)), ("project", run.ProjectName), ("node", run.Nodes[0].Name)],
        _ => texts["Run.TitleNodes", ("kind", Kind(run, texts)), ("project", run.ProjectName), ("count", run.Nodes.Count)],
    };

    /// <summary>What the run does: its job, where it has one.</summary>
    public static string Kind(RunRow run, Texts texts) => texts[run.Job is null ? "RunKind." + run.Kind : "RunJob." + run.Job];

    /// <summary>Who asked for it; a Project Master's timer has no name.</summary>
    public static string By(RunRow run, Texts texts) => run.ByMaster ? texts["Master.Timer"] : run.RequestedBy;

    /// <summary>Colour class of a line by its kind.</summary>
    public static string Tone(string kind) => kind switch
    {
        "ok" => "ok",
        "changed" => "ok strong",
        "failed" or "unreachable" => "bad strong",
        "warn" or "ignored" => "warn",
        "skipped" or "stats" or "end" or "play" or "step" => "third",
        _ => "",
    };

    /// <summary>True when a line begins with the word of its result.</summary>
    public static bool IsResult(string kind) => kind is "ok" or "changed" or "failed" or "unreachable" or "skipped" or "ignored" or "warn";

    /// <summary>"n-01jd…: ok 3" with the node's name in front instead of its id.</summary>
    public static string NameFirst(RunRow run, string text) =>
        text.IndexOf(':') is var colon and > 0 ? NodeName(run, text[..colon]) + text[colon..] : text;

    public static string NodeName(RunRow run, string nodeId) => run.Nodes.FirstOrDefault(n => n.NodeId == nodeId)?.Name ?? nodeId;
}
