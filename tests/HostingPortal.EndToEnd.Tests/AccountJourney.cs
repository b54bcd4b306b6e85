using System.Security.Cryptography;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>Hetzner refuses an account's token while a node is ordered: the admin is told where to go, gives a new one, and the order goes on.</summary>
public sealed class AccountJourney(Demo demo) : Journey(demo)
{
    [Fact]
    public async Task TokenRefused_IsToldAndReplaced_AndTheOrderGoesOn()
    {
        using var api = await Api.SignInAsync(Demo, "admin");
        var (token, name) = (RandomNumberGenerator.GetHexString(64), $"refused-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
        var client = (await api.FirstAsync("projects")).GetProperty("clientId").GetString();
        var account = (await api.PostAsync("accounts", new { name, token })).GetProperty("id").GetString();
        await api.SendAsync(HttpMethod.Put, $"accounts/{account}/allotments/{client}", new { });
        var project = (await api.PostAsync("projects", new { clientId = client, accountId = account, name })).GetProperty("id").GetString();
        await Lab.FaultAsync(Demo, new { method = "POST", path = "/servers", status = 401, code = "unauthorized", token });
        var ordered = await api.PostAsync("nodes", new { projectId = project, name = "web-1", template = "lemp", serverType = "cx23", location = "fsn1", image = "debian-13" });
        Assert.Equal("failed", (await api.FollowAsync(ordered.GetProperty("runId").GetInt64())).State);

        var page = await Demo.SignInAsync("admin");
        await page.SetViewportSizeAsync(Looks.Width, Looks.Height);
        var row = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Refused by Hetzner" }).Filter(new() { HasText = name });
        await Expect(row).ToBeVisibleAsync();
        await Looks.FindsNothingAsync(page, "dashboard-refused", Demo.Artifacts);
        await row.GetByRole(AriaRole.Link, new() { Name = "Open account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
        await Expect(page.GetByText("Give the account a new one")).ToBeVisibleAsync();
        await Looks.FindsNothingAsync(page, "account-refused", Demo.Artifacts);
        await page.GetByLabel("New token").FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Replace token" }).ClickAsync();
        await Expect(page.GetByText("Accepted by Hetzner")).ToBeVisibleAsync();
        await Expect(page.GetByText("Give the account a new one")).ToHaveCountAsync(0);

        var node = ordered.GetProperty("nodeId").GetString();
        var again = await api.PostAsync($"runs/{ordered.GetProperty("runId").GetInt64()}/retry", new { });
        await api.UntilAsync($"nodes/{node}", n => n.GetProperty("cloudServerId").ValueKind != System.Text.Json.JsonValueKind.Null, TimeSpan.FromMinutes(1));
        await api.PostAsync($"runs/{again.GetProperty("runId").GetInt64()}/cancel", new { });
        await api.FollowAsync(again.GetProperty("runId").GetInt64());
        var removed = await api.SendAsync(HttpMethod.Delete, $"nodes/{node}", new { name = "web-1" });
        Assert.True(removed.IsSuccessStatusCode, await removed.Content.ReadAsStringAsync());
    }
}
