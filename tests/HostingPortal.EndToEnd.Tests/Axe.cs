using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>Holds a page as it is drawn right now against axe-core: every rule of WCAG 2.2 A and AA it knows, and its best practices.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Options = new()
    {
        // Off in axe by itself, wanted here: targets of at least 24 pixels.
        Rules = new Dictionary<string, RuleOptions> { ["target-size"] = new() { Enabled = true } },
        ResultTypes = [ResultType.Violations],
    };

    private static readonly AxeRunOptions ColourOptions = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>Fails with every finding: rule, what it says, and the element.</summary>
    /// <param name="place">Stands in the failure, e.g. <c>/runs/7 dark 390</c>.</param>
    /// <param name="coloursOnly">As in <see cref="FindAsync"/>.</param>
    public static async Task FindsNothingAsync(IPage page, string place, bool coloursOnly = false)
    {
        var findings = await FindAsync(page, coloursOnly);
        Assert.True(findings.Count == 0, $"axe on {place}:\n" + string.Join('\n', findings));
    }

    /// <summary>One text per element and rule, e.g. <c>serious color-contrast: … #L3 > .text</c>. Empty when all is well.</summary>
    /// <param name="coloursOnly">Only the rules about colours: for the other scheme of a page that was judged whole.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page, bool coloursOnly = false)
    {
        // What fades in has half its contrast: a page is judged when it stands still.
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect?.getTiming().iterations !== Infinity).map(a => a.finished.catch(() => {})))");
        var result = await page.RunAxe(coloursOnly ? ColourOptions : Options);
        return [.. result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Impact} {v.Id}: {v.Help} at {n.Target} {n.Html}"))];
    }
}
