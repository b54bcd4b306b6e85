using HostingPortal.Web.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>Keys come quicker than the server answers: what stands in a field is the writer's, whatever the server drew meanwhile.</summary>
[Collection(PortalCollection.Name)]
public sealed class TypingTests(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    private const string Text = "The quick brown fox jumps over the lazy dog and over 13 fences more";

    public ValueTask DisposeAsync() => chromium.CloseAsync();

    [Theory]
    [InlineData("/clients/new", "Name")]
    [InlineData("/sites", "Filter by name or project")]
    public async Task Field_TypedIntoQuickly_KeepsEveryCharacter(string address, string label)
    {
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync(address);
        var field = page.GetByLabel(label).First;
        await Expect(field).ToBeEnabledAsync();
        await field.PressSequentiallyAsync(Text, new() { Delay = 15 });
        await Expect(field).ToHaveValueAsync(Text);

        // What was on its way when the last key was pressed has arrived.
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToBeVisibleAsync();
        await Expect(field).ToHaveValueAsync(Text);
    }

    [Fact]
    public async Task Slash_WhereThereIsNoSearch_KeepsNoKeyForIt()
    {
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync("/sign-in");
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("/");
        var field = page.GetByLabel("E-mail address");
        await field.PressSequentiallyAsync("ann@acme.example");
        await Expect(field).ToHaveValueAsync("ann@acme.example");
    }

    [Fact]
    public async Task Palette_TypedIntoBeforeItIsOpen_KeepsEveryCharacter()
    {
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(Text, new() { Delay = 15 });
        await Expect(page.GetByText($"for “{Text}”")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox)).ToHaveValueAsync(Text);
    }
}
