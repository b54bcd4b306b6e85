using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HostingPortal.CloudSandbox;
using HostingPortal.Domain.Security;
using Xunit;

namespace HostingPortal.Testing;

/// <summary>A cloud sandbox in this process, without machines. Every token is a Hetzner project of its own.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private readonly HttpClient control = new();
    private SandboxServer? server;

    /// <summary>As the portal's setting takes it: no slash at the end.</summary>
    public string Endpoint => server!.BaseAddress.ToString().TrimEnd('/');

    public Uri Root => server!.Root;

    public async ValueTask InitializeAsync() => server = await SandboxServer.StartAsync(
        new SandboxOptions { ActionDuration = TimeSpan.FromMilliseconds(20) }, CancellationToken.None);

    /// <summary>Makes calls with this token go wrong, e.g. <c>new { method = "POST", path = "/servers", drop = "after" }</c>; the first one unless it says more.</summary>
    public async Task BreakAsync(Secret token, object fault, CancellationToken ct)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(fault)!.AsObject();
        body["token"] = token.Reveal();
        using var answer = await control.PostAsJsonAsync(new Uri(server!.Root, "/_sandbox/faults"), body, ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <returns>How many calls arrived with this token.</returns>
    public async Task<int> CountCallsAsync(Secret token, CancellationToken ct)
    {
        var answer = await control.GetFromJsonAsync<JsonObject>(new Uri(server!.Root, $"/_sandbox/requests?token={token.Reveal()}"), ct);
        return (int)answer!["total"]!;
    }

    public static Secret NewToken() => new(SandboxServer.NewToken());

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
