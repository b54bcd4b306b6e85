using System.Diagnostics;
using HostingPortal.Domain;
using HostingPortal.Web.Localization;

namespace HostingPortal.Web.Components.Shared;

/// <summary>A failure as it is shown.</summary>
/// <param name="What">What happened.</param>
/// <param name="Next">What still works or what to do.</param>
/// <param name="Correlation">Finds the log lines.</param>
public sealed record Problem(string What, string? Next, string Code, string Correlation)
{
    public static Problem Of(Exception error, Texts texts) => error switch
    {
        RuleViolationException refusal => new(texts.Of(refusal), null, refusal.Code, Id()),
        OutsideException outside => new(texts.Reason(outside.Code), outside.Transient ? texts["Error.TryLater"] : null, outside.Code, Id()),
        _ => new(texts["Error.Unknown"], texts["Error.NothingChanged"], "internal", Id()),
    };

    private static string Id() => Activity.Current?.TraceId.ToString()[..8] ?? Guid.NewGuid().ToString("n")[..8];
}
