using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.Launcher.Faults;

/// <summary>The power switch of a server of the sandbox, past the portal.</summary>
internal static class ServerPower
{
    /// <param name="token">Of the Hetzner project the server is in.</param>
    /// <param name="name">How the server's name begins.</param>
    /// <param name="action">E.g. <c>reset</c>.</param>
    public static async Task ActAsync(SandboxChild sandbox, string token, string name, string action, CancellationToken ct)
    {
        using var hetzner = new HttpClient { BaseAddress = new Uri(sandbox.Api + "/") };
        hetzner.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var servers = (await hetzner.GetFromJsonAsync<JsonElement>("servers?per_page=50", ct)).GetProperty("servers").EnumerateArray();
        var id = servers.First(s => s.GetProperty("name").GetString()!.StartsWith(name, StringComparison.Ordinal)).GetProperty("id").GetInt64();
        (await hetzner.PostAsync(new Uri($"servers/{id}/actions/{action}", UriKind.Relative), null, ct)).EnsureSuccessStatusCode();
        while (action == "poweroff" && (await hetzner.GetFromJsonAsync<JsonElement>($"servers/{id}", ct)).GetProperty("server").GetProperty("status").GetString() != "off")
        {
            await Task.Delay(200, ct);
        }
    }
}
