using Microsoft.Playwright;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>Chromium's virtual security device: answers WebAuthn as a laptop with a fingerprint reader would.</summary>
internal static class Authenticator
{
    public static async Task AddAsync(IPage page)
    {
        var chrome = await page.Context.NewCDPSessionAsync(page);
        await chrome.SendAsync("WebAuthn.enable");
        await chrome.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
