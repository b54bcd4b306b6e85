using Microsoft.Playwright;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>How a page is looked at: wide and narrow, light and dark.</summary>
internal static class Looks
{
    public const int Width = 1440, Height = 900;

    /// <summary>Between desk and phone only the places of things differ: pictures and sideways scrolling are enough.</summary>
    private const int Between = 1024;

    /// <summary>A window of 1280 × 1024 at 400 % zoom.</summary>
    private const int Zoomed = 320, ZoomedHeight = 256;

    private static readonly (int Width, ColorScheme Scheme)[] All =
        [(Width, ColorScheme.Light), (Width, ColorScheme.Dark), (Between, ColorScheme.Light), (Between, ColorScheme.Dark), (390, ColorScheme.Light), (390, ColorScheme.Dark), (Zoomed, ColorScheme.Light)];

    /// <summary>Fails with everything there is to say of the page as it stands; leaves it wide and light.</summary>
    /// <param name="name">Of the pictures.</param>
    public static async Task FindsNothingAsync(IPage page, string name, string folder)
    {
        var findings = new List<string>();
        await TakeAsync(page, name, folder, findings);
        await page.SetViewportSizeAsync(Width, Height);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    /// <summary>The same page at every width in both schemes, as somebody sees it who turns the phone, zooms in or whose day ends. A scheme changes colours alone.</summary>
    public static async Task TakeAsync(IPage page, string address, string folder, List<string> findings)
    {
        var name = address == "/" ? "dashboard" : string.Join('-', address.Trim('/').Split('/').Select(part => part.Any(char.IsDigit) ? "one" : part));
        foreach (var (width, scheme) in All)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, width == Zoomed ? ZoomedHeight : Height);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            var look = $"{width}-{scheme}";
            if (width != Between)
            {
                findings.AddRange((await Axe.FindAsync(page, coloursOnly: scheme == ColorScheme.Dark)).Select(f => $"{address} {look}: {f}"));
            }

            if (!await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth + 1"))
            {
                findings.Add($"{address} {look}: scrolls sideways");
            }

            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{look}.png".ToLowerInvariant()) });
        }
    }
}
