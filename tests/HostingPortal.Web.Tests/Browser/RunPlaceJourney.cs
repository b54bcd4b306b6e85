using HostingPortal.Web.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.Web.Tests.Browser;

/// <summary>A place in a run opened by its address, in Chromium on the portal's own pages.</summary>
[Collection(PortalCollection.Name)]
public sealed class RunPlaceJourney(PortalHost host, Chromium chromium) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => chromium.CloseAsync();

    [Fact]
    public async Task Range_InTheAddress_IsMarkedAndNotFollowed()
    {
        await using var run = await LiveRun.StartAsync(host, TestContext.Current.CancellationToken);
        await run.WriteAsync([EventText.Play(1), EventText.Task(1, "base", "Install packages"), .. Enumerable.Range(1, 40).Select(n => EventText.Item(1, run.Nodes[0], $"line {n}"))]);
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync(run.Address + "#L12-L14");
        await Expect(page.Locator(".line-row.marked")).ToHaveCountAsync(3);
        await Expect(page.GetByText("Following")).ToHaveCountAsync(0);
    }
}
