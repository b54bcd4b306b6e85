using System.Text.Json;
using Microsoft.Playwright;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>Notes in the browser when each line reached the document. Lines tell when they were written: <c>no=17 at=1795000000123</c>.</summary>
internal sealed class LineWatch(IPage page)
{
    private const string Script = """
        window.lineTimes = {};
        const note = element => {
          const found = /no=(\d+) at=(\d+)/.exec(element.textContent ?? "");
          if (found && !(found[1] in lineTimes)) lineTimes[found[1]] = [Number(found[2]), Date.now()];
        };
        new MutationObserver(changes => {
          for (const change of changes) {
            const target = change.target.nodeType === 1 ? change.target : change.target.parentElement;
            const row = target?.closest(".line-row");
            if (row) note(row);
            for (const node of change.addedNodes) if (node.nodeType === 1) node.matches(".line-row") ? note(node) : node.querySelectorAll(".line-row").forEach(note);
          }
        }).observe(document, { childList: true, subtree: true, characterData: true });
        """;

    public static async Task<LineWatch> OnAsync(IPage page)
    {
        await page.AddInitScriptAsync(Script);
        return new LineWatch(page);
    }

    public static string Text(int number) => $"no={number} at={TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()} unpacking files of a package with a name of usual length";

    /// <summary>Milliseconds from written to drawn, by line.</summary>
    public async Task<SortedDictionary<int, double>> DelaysAsync()
    {
        using var times = JsonDocument.Parse(await page.EvaluateAsync<string>("() => JSON.stringify(window.lineTimes)"));
        return new(times.RootElement.EnumerateObject().ToDictionary(t => int.Parse(t.Name, System.Globalization.CultureInfo.InvariantCulture), t => t.Value[1].GetDouble() - t.Value[0].GetDouble()));
    }
}
