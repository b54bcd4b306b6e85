using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HostingPortal.EndToEnd.Tests;

/// <summary>The lab below the demo's cloud: each server has a network namespace of its own, and a packet sent there is the server's.</summary>
internal static class Lab
{
    /// <summary>Network namespace of a server, e.g. <c>hp7-1001</c>.</summary>
    public static async Task<string> NamespaceAsync(Demo demo, long serverId)
    {
        using var http = new HttpClient();
        var info = await http.GetFromJsonAsync<JsonElement>(new Uri(Sandbox(demo), "/_sandbox/info"));
        return $"hp{info.GetProperty("gateway").GetString()!.Split('.')[2]}-{serverId}";
    }

    /// <summary>The executor lies in the operator's own Hetzner project.</summary>
    public static async Task<long> ExecutorIdAsync(Demo demo)
    {
        using var http = new HttpClient();
        var token = await File.ReadAllTextAsync(Path.Combine(demo.Facts.GetProperty("state").GetString()!, "operator-token"));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var found = await http.GetFromJsonAsync<JsonElement>(new Uri($"{Sandbox(demo)}/servers?name=primary-executor"));
        return found.GetProperty("servers")[0].GetProperty("id").GetInt64();
    }

    /// <summary>Makes the sandbox's API fail once, e.g. <c>{ method, path, status, code, token }</c>.</summary>
    public static async Task FaultAsync(Demo demo, object fault)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync(new Uri(Sandbox(demo), "/_sandbox/faults"), fault)).EnsureSuccessStatusCode();
    }

    /// <summary>A new Hetzner project with one DNS zone; returns its token.</summary>
    public static async Task<string> ProjectWithZoneAsync(Demo demo, string zone)
    {
        var token = System.Security.Cryptography.RandomNumberGenerator.GetHexString(64);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await http.PostAsJsonAsync(new Uri($"{Sandbox(demo)}/zones"), new { name = zone, mode = "primary" })).EnsureSuccessStatusCode();
        return token;
    }

    /// <summary>Whether a TCP connection from the namespace (empty: this machine) to the address is accepted within two seconds.</summary>
    public static async Task<bool> AnswersAsync(string place, string address, int port)
    {
        string[] probe = ["timeout", "2", "bash", "-c", "exec 3<>\"/dev/tcp/$0/$1\"", address, port.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        string[] words = place.Length > 0 ? ["ip", "netns", "exec", place, .. probe] : probe;
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    /// <summary>Nobody gets in over SSH, and who was in is thrown out, until the result is disposed.</summary>
    public static async Task<IAsyncDisposable> CutSshAsync(Demo demo, long serverId)
    {
        var place = await NamespaceAsync(demo, serverId);
        await NftAsync(place, "table inet cut { chain input { type filter hook input priority -200; tcp dport 22 reject with tcp reset; }; }");
        return new Cut(place);
    }

    private static async Task NftAsync(string place, string command)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", place, "nft", command]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }

    private static Uri Sandbox(Demo demo) => new(demo.Facts.GetProperty("sandbox").GetString()!);

    private sealed class Cut(string place) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await NftAsync(place, "delete table inet cut");
    }
}
