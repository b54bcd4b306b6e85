using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>The sandbox as a process of its own, to be killed.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private SandboxProcess(Process process, Uri root, string token)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = root };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public static async Task<SandboxProcess> StartAsync(string dataFolder, string token)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "HostingPortal.CloudSandbox"), ["--port", "0", "--data", dataFolder])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // "listening on http://127.0.0.1:41234/v1"
            if (line.StartsWith("listening on ", StringComparison.Ordinal))
            {
                return new SandboxProcess(process, new Uri(line["listening on ".Length..].Replace("/v1", "/", StringComparison.Ordinal)), token);
            }
        }

        throw new InvalidOperationException("The sandbox did not start.");
    }

    /// <summary>The slot's number, from the range it hands out.</summary>
    public async Task<int> SlotAsync()
    {
        var info = await _client.GetFromJsonAsync<JsonElement>("_sandbox/info");
        return int.Parse(info.GetProperty("publicIpv4Range").GetString()!.Split('.')[2], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Orders a server and returns its id and IPv4 address.</summary>
    public async Task<(long Id, string Ipv4)> OrderAsync(string name, string userData = "")
    {
        var response = await _client.PostAsJsonAsync("v1/servers", new { name, server_type = "cx23", image = "debian-13", location = "fsn1", user_data = userData });
        response.EnsureSuccessStatusCode();
        var server = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("server");
        return (server.GetProperty("id").GetInt64(), server.GetProperty("public_net").GetProperty("ipv4").GetProperty("ip").GetString()!);
    }

    /// <summary>Ends it without a chance to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as Ctrl-C or a service manager does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await CloudSandbox.Machines.Shell.RunAsync(["sh", "-c", $"kill -TERM {_process.Id}"], CancellationToken.None);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _client.Dispose();
    }
}
