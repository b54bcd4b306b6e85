using HostingPortal.Web.Tests.Support;
using Xunit;

namespace HostingPortal.Web.Tests.Browser;

[Collection(PortalCollection.Name)]
public sealed class PolicyJourney(PortalHost host, Chromium chromium)
{
    private const string AddScript = """
        () => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script); return window.ran === true; }
        """;

    [Fact]
    public async Task InlineScript_PutIntoAPage_DoesNotRunAndFailsTheJourney()
    {
        var page = await chromium.AdminAsync(host);
        await page.GotoAsync("/account");
        Assert.False(await page.EvaluateAsync<bool>(AddScript));
        await page.WaitForTimeoutAsync(500);
        await Assert.ThrowsAsync<Xunit.Sdk.TrueException>(() => chromium.CloseAsync().AsTask());
    }
}
