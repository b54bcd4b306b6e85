using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.Launcher;

/// <summary>
/// Orders the Primary's executor as a server of its own at the sandbox, the way an operator would at Hetzner: host key by cloud-init, one login for the
/// portal. Everything else on it the portal installs itself.
/// </summary>
internal static class ExecutorOrder
{
    public const string Name = "primary-executor";
    private static readonly string[] Types = ["cx23", "cx33", "cpx22"];

    public static async Task<Executor> PlaceAsync(SandboxChild sandbox, Places places, string token, CancellationToken ct)
    {
        var keys = Path.Combine(places.State, "keys");
        var login = await SshKeys.EnsureAsync(Path.Combine(keys, "executor"), ct);
        var host = await SshKeys.EnsureAsync(Path.Combine(keys, "executor-host"), ct);
        using var http = new HttpClient { BaseAddress = new Uri(sandbox.Api + "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var known = await http.GetFromJsonAsync<JsonElement>($"servers?name={Name}", ct);
        foreach (var server in known.GetProperty("servers").EnumerateArray())
        {
            return Describe(server, host, keys);
        }

        var userData = "#cloud-config\n" + JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["ssh_deletekeys"] = true,
            ["ssh_keys"] = new Dictionary<string, string> { ["ed25519_private"] = await File.ReadAllTextAsync(Path.Combine(keys, "executor-host"), ct), ["ed25519_public"] = host },
            ["ssh_pwauth"] = false,
            ["disable_root"] = true,
            ["users"] = new object[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = "portal", ["shell"] = "/bin/bash", ["lock_passwd"] = true, ["sudo"] = "ALL=(ALL) NOPASSWD:ALL", ["ssh_authorized_keys"] = new[] { login },
                },
            },
        });
        foreach (var type in Types)
        {
            var answer = await http.PostAsJsonAsync("servers", new { name = Name, server_type = type, image = "debian-13", location = "fsn1", user_data = userData }, ct);
            if (answer.IsSuccessStatusCode)
            {
                return Describe((await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("server"), host, keys);
            }
        }

        throw new LaunchException("The sandbox refused to make the executor's server.");
    }

    private static Executor Describe(JsonElement server, string hostKey, string keys)
    {
        var net = server.GetProperty("public_net");
        return new Executor(
            net.GetProperty("ipv4").GetProperty("ip").GetString()!, net.GetProperty("ipv6").GetProperty("ip").GetString()!, hostKey, Path.Combine(keys, "executor"));
    }
}

/// <param name="Ipv6Range">The server's /64.</param>
/// <param name="HostKey">Pinned public host key.</param>
internal sealed record Executor(string Ipv4, string Ipv6Range, string HostKey, string KeyFile);
