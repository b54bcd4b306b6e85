using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>Holds a page as it is drawn right now against axe-core: every rule of WCAG 2.2 A and AA it knows, and its best practices.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    // Off in axe by itself, wanted here: targets of at least 24 pixels.
    private static readonly object Options = new { rules = new Dictionary<string, object> { ["target-size"] = new { enabled = true } }, resultTypes = new[] { "violations" } };

    private static readonly object ColourOptions = new { runOnly = new[] { "color-contrast", "link-in-text-block" }, resultTypes = new[] { "violations" } };

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
        await page.EvaluateAsync("() => document.getAnimations().filter(a => a.effect?.getTiming().iterations !== Infinity).forEach(a => a.finish())");

        // No page has frames: one call in the document itself is all, where axe's own wrapper opens another page for each judgement.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>("""
            async options => (await axe.run(document, options)).violations
                .flatMap(rule => rule.nodes.map(node => `${node.impact} ${rule.id}: ${rule.help} at ${node.target.join(" ")} ${node.html}`))
            """, coloursOnly ? ColourOptions : Options);
    }
}
