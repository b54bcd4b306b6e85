using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>Somebody without a pointer.</summary>
internal sealed class Keys(IPage page)
{
    /// <summary>More stops than any page has.</summary>
    private const int Most = 120;

    /// <summary>What a screen reader would say of the element that has the focus: its label, or else its text.</summary>
    public Task<string> FocusedAsync() => page.EvaluateAsync<string>("""
        () => {
            const at = document.activeElement;
            return (at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || "").trim();
        }
        """);

    public async Task PressAsync(string name)
    {
        await ReachAsync(name);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <param name="text">A line break at its end sends the form; in a list of choices it chooses.</param>
    public async Task WriteAsync(string name, string text)
    {
        await ReachAsync(name);
        await page.Keyboard.TypeAsync(text);
    }

    private async Task ReachAsync(string name)
    {
        var passed = new List<string>();
        for (var stops = 0; stops < Most; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await FocusedAsync();
            if (Regex.IsMatch(focused, name))
            {
                return;
            }

            passed.Add(focused);
        }

        throw new InvalidOperationException($"Tab never comes to '{name}', only to: {string.Join(" | ", passed)}");
    }
}
