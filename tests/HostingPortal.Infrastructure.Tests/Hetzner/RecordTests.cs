using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Hetzner;

public sealed class RecordTests(SandboxFixture sandbox) : IAsyncLifetime
{
    private static int zones;
    private readonly string zone = $"example{Interlocked.Increment(ref zones)}.com";
    private readonly IServerCloud cloud = CloudRig.Cloud(sandbox.Endpoint);
    private readonly Secret token = SandboxFixture.NewToken();
    private readonly HttpClient http = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        using var answer = await http.PostAsJsonAsync($"{sandbox.Endpoint}/zones", new { name = zone, mode = "primary" }, ct);
        answer.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ListZones_One_IsListed() => Assert.Equal(zone, Assert.Single(await cloud.ListZonesAsync(token, ct)).Name);

    [Fact]
    public async Task AddText_SeveralAtOnceAndAgain_StandBesideEachOther()
    {
        await Task.WhenAll(Enumerable.Range(1, 5).Select(i => cloud.AddTextRecordAsync(token, zone, "_acme-challenge", $"v{i}", ct)));
        await cloud.AddTextRecordAsync(token, zone, "_acme-challenge", "v1", ct);
        Assert.Equal(["\"v1\"", "\"v2\"", "\"v3\"", "\"v4\"", "\"v5\""], await ValuesAsync("_acme-challenge", "TXT"));

        await cloud.RemoveTextRecordAsync(token, zone, "_acme-challenge", "v2", ct);
        await cloud.RemoveTextRecordAsync(token, zone, "_acme-challenge", "v2", ct);
        Assert.Equal(["\"v1\"", "\"v3\"", "\"v4\"", "\"v5\""], await ValuesAsync("_acme-challenge", "TXT"));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task AddText_AnswerLost_IsThereOnce(string drop)
    {
        await sandbox.BreakAsync(token, new { method = "POST", path = "/zones/**", drop }, ct);
        await cloud.AddTextRecordAsync(token, zone, "_acme-challenge", "once", ct);
        Assert.Equal(["\"once\""], await ValuesAsync("_acme-challenge", "TXT"));
    }

    [Fact]
    public async Task SetAddressRecords_ChangedThenRemoved_HoldsExactlyThese()
    {
        await cloud.SetAddressRecordsAsync(token, zone, "@", "192.0.2.1", "2001:db8::1", ct);
        await cloud.SetAddressRecordsAsync(token, zone, "@", "192.0.2.2", null, ct);
        await cloud.SetAddressRecordsAsync(token, zone, "@", "192.0.2.2", null, ct);
        Assert.Equal(["192.0.2.2"], await ValuesAsync("@", "A"));
        Assert.Empty(await ValuesAsync("@", "AAAA"));
        await cloud.SetAddressRecordsAsync(token, zone, "@", null, null, ct);
        Assert.Empty(await ValuesAsync("@", "A"));
    }

    private async Task<string[]> ValuesAsync(string name, string type)
    {
        var answer = await http.GetFromJsonAsync<JsonObject>($"{sandbox.Endpoint}/zones/{zone}/rrsets?per_page=100", ct);
        var set = answer!["rrsets"]!.AsArray().FirstOrDefault(r => (string?)r!["name"] == name && (string?)r["type"] == type);
        return [.. (set?["records"]!.AsArray() ?? []).Select(r => (string)r!["value"]!).Order(StringComparer.Ordinal)];
    }
}
