using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Secrets;
using HostingPortal.Testing;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Hetzner;

public sealed class ResourceTests(SandboxFixture sandbox)
{
    private readonly IServerCloud cloud = CloudRig.Cloud(sandbox.Endpoint);
    private readonly Secret token = SandboxFixture.NewToken();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetCatalog_Sandbox_HasPricesAndAvailabilityPerLocation()
    {
        var catalog = await cloud.GetCatalogAsync(token, ct);
        Assert.Equal("EUR", catalog.Currency);
        Assert.Contains("debian-13", catalog.Images);
        Assert.Contains(catalog.Locations, l => l.Name == "fsn1" && l.City.Length > 0);
        Assert.True(catalog.Ipv4Monthly > 0);
        var type = catalog.ServerTypes.First(t => t.Name == "cpx22");
        Assert.True(type.In("fsn1") is { Monthly: > 0, Hourly: > 0, Available: true });
    }

    [Fact]
    public async Task GetCatalog_WrongToken_SaysUnauthorized()
    {
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.GetCatalogAsync(new Secret("short"), ct));
        Assert.Equal("hetzner.unauthorized", e.Code);
        Assert.False(e.Transient);
    }

    [Fact]
    public async Task GetCatalog_TokenWithLineBreak_IsNotSent()
    {
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.GetCatalogAsync(new Secret("abc\r\nX-Evil: 1"), ct));
        Assert.Equal("hetzner.unauthorized", e.Code);
    }

    [Fact]
    public async Task CreateServer_Plain_RunsAndIsListedUntilDeleted()
    {
        var made = await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        Assert.NotEmpty(made.ActionIds);
        await cloud.WaitAsync(token, made.ActionIds, ct);

        var read = await cloud.GetServerAsync(token, made.Id, ct);
        Assert.Equal("running", read!.Status);
        Assert.NotNull(read.PublicIpv4);
        Assert.EndsWith("::1", read.PublicIpv6, StringComparison.Ordinal);
        await cloud.SetServerLabelsAsync(token, made.Id, CloudRig.Labels() with { State = "active" }, ct);
        Assert.Equal("active", Assert.Single(await cloud.ListServersAsync(token, "i-1", ct)).Labels["portal-state"]);
        Assert.Empty(await cloud.ListServersAsync(token, "i-2", ct));

        await cloud.DeleteServerAsync(token, made.Id, ct);
        await cloud.DeleteServerAsync(token, made.Id, ct);
        Assert.Null(await cloud.GetServerAsync(token, made.Id, ct));
    }

    [Fact]
    public async Task GetServerRules_WithAndWithoutFirewall_SaysWhatHetznerHasNow()
    {
        CloudFirewallRule ssh = new("in", "tcp", "22", ["198.51.100.7/32"], "SSH");
        var firewall = await cloud.EnsureFirewallAsync(token, "portal-p-1", [ssh], CloudRig.Labels("p-1"), ct);
        var walled = await cloud.CreateServerAsync(token, CloudRig.Order() with { FirewallIds = [firewall] }, ct);
        var open = await cloud.CreateServerAsync(token, CloudRig.Order("n-2", CloudRig.Labels("n-2")), ct);
        await cloud.WaitAsync(token, [.. walled.ActionIds, .. open.ActionIds], ct);

        var rule = Assert.Single((await cloud.GetServerRulesAsync(token, walled.Id, ct))!);
        Assert.Equal((ssh.Direction, ssh.Protocol, ssh.Port, ssh.Cidrs[0]), (rule.Direction, rule.Protocol, rule.Port, Assert.Single(rule.Cidrs)));
        Assert.Null(await cloud.GetServerRulesAsync(token, open.Id, ct));
    }

    [Fact]
    public async Task JoinNetwork_AndLeave_EachTwice_IsInItOnceAndThenNotAtAll()
    {
        var made = await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        await cloud.WaitAsync(token, made.ActionIds, ct);
        var network = await cloud.EnsureNetworkAsync(token, "portal-p-1", "eu-central", CloudRig.Labels("p-1"), ct);

        var address = await cloud.JoinNetworkAsync(token, made.Id, network, ct);
        Assert.StartsWith("10.0.", address, StringComparison.Ordinal);
        Assert.Equal(address, await cloud.JoinNetworkAsync(token, made.Id, network, ct));
        Assert.Equal(address, (await cloud.GetServerAsync(token, made.Id, ct))!.PrivateIpv4);

        await cloud.LeaveNetworkAsync(token, made.Id, network, ct);
        await cloud.LeaveNetworkAsync(token, made.Id, network, ct);
        Assert.Null((await cloud.GetServerAsync(token, made.Id, ct))!.PrivateIpv4);
    }

    [Fact]
    public async Task CreateServer_RepeatedByTheSameOperation_IsAdopted()
    {
        var first = await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        var second = await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        Assert.Equal(first.Id, second.Id);
        Assert.Single(await cloud.ListServersAsync(token, "i-1", ct));
    }

    [Theory]
    [InlineData("n-1", "r-2", "i-1", "hetzner.other_operation")]
    [InlineData("n-1", "r-1", "i-2", "hetzner.other_operation")]
    [InlineData("n-2", "r-1", "i-1", "hetzner.name_taken")]
    public async Task CreateServer_NameOfSomebodyElse_IsNotAdopted(string id, string operation, string instance, string code)
    {
        await cloud.CreateServerAsync(token, CloudRig.Order(labels: CloudRig.Labels(id, operation, instance)), ct);
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.CreateServerAsync(token, CloudRig.Order(), ct));
        Assert.Equal(code, e.Code);
    }

    [Fact]
    public async Task EnsureSshKey_Twice_IsOneKey()
    {
        var pair = await new SshKeyGenerator().CreateSshKeyAsync("k", ct);
        var first = await cloud.EnsureSshKeyAsync(token, "k", pair.PublicKey, CloudRig.Labels("k-1"), ct);
        Assert.Equal(first, await cloud.EnsureSshKeyAsync(token, "k", pair.PublicKey, CloudRig.Labels("k-1"), ct));

        var e = await Assert.ThrowsAsync<OutsideException>(
            () => cloud.EnsureSshKeyAsync(token, "other", pair.PublicKey, CloudRig.Labels("k-2"), ct));
        Assert.Equal("hetzner.name_taken", e.Code);
        await cloud.DeleteSshKeyAsync(token, first, ct);
        await cloud.DeleteSshKeyAsync(token, first, ct);
    }

    [Fact]
    public async Task Extras_SetTwice_AreSetAndKeepTheServerUntilTheyAreLifted()
    {
        var server = await cloud.CreateServerAsync(token, CloudRig.Order(), ct);
        await cloud.WaitAsync(token, server.ActionIds, ct);
        for (var time = 0; time < 2; time++)
        {
            await cloud.EnableBackupsAsync(token, server.Id, ct);
            await cloud.SetProtectionAsync(token, server.Id, on: true, ct);
        }

        Assert.Equal("hetzner.protected", (await Assert.ThrowsAsync<OutsideException>(() => cloud.DeleteServerAsync(token, server.Id, ct))).Code);
        await cloud.SetProtectionAsync(token, server.Id, on: false, ct);
        await cloud.DeleteServerAsync(token, server.Id, ct);
        await cloud.SetProtectionAsync(token, server.Id, on: false, ct);
    }

    [Fact]
    public async Task EnsureFirewall_OtherRules_ReplacesThem()
    {
        var open = new CloudFirewallRule("in", "tcp", "22", ["0.0.0.0/0", "::/0"], "ssh");
        var closed = open with { Cidrs = ["192.0.2.1/32"] };
        var id = await cloud.EnsureFirewallAsync(token, "fw", [open], CloudRig.Labels("fw-1"), ct);
        Assert.Equal(id, await cloud.EnsureFirewallAsync(token, "fw", [closed], CloudRig.Labels("fw-1"), ct));
        Assert.Equal(id, await cloud.EnsureFirewallAsync(token, "fw", [closed], CloudRig.Labels("fw-1"), ct));

        var server = await cloud.CreateServerAsync(token, CloudRig.Order() with { FirewallIds = [id] }, ct);
        await cloud.WaitAsync(token, server.ActionIds, ct);
        await cloud.DeleteServerAsync(token, server.Id, ct);
        await cloud.DeleteFirewallAsync(token, id, ct);
        await cloud.DeleteFirewallAsync(token, id, ct);
    }

    [Fact]
    public async Task Wait_ManyActionsAtOnce_AllEnd()
    {
        var servers = await Task.WhenAll(Enumerable.Range(1, 30).Select(i =>
            cloud.CreateServerAsync(token, CloudRig.Order($"n-{i}", CloudRig.Labels($"n-{i}")), ct)));
        await Task.WhenAll(servers.Select(s => cloud.WaitAsync(token, s.ActionIds, ct)));
        Assert.All(await cloud.ListServersAsync(token, "i-1", ct), s => Assert.Equal("running", s.Status));
    }

    [Fact]
    public async Task Wait_UnknownAction_Fails()
    {
        var e = await Assert.ThrowsAsync<OutsideException>(() => cloud.WaitAsync(token, [987654321], ct));
        Assert.Equal("hetzner.action_failed", e.Code);
    }
}
