using HostingPortal.CloudSandbox.Machines;
using Xunit;
using static HostingPortal.CloudSandbox.Tests.Machines.Ports;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class FirewallTests(LabFixture lab)
{
    private static readonly string[] Everyone = ["0.0.0.0/0", "::/0"];

    [Fact]
    public async Task Inbound_ByRules_OpensAndClosesFromTheHostInBothFamilies()
    {
        var (server, _, _) = await ThreeAsync();
        Assert.True(await AnswersAsync(server.Ipv4, 80));
        Assert.True(await AnswersAsync(server.Ipv6, 80));

        await ApplyAsync(server, In("tcp", "22", Everyone), In("tcp", "8000-8010", "0.0.0.0/0"));
        Assert.True(await AnswersAsync(server.Ipv4, 22));
        Assert.True(await AnswersAsync(server.Ipv6, 22));
        Assert.True(await AnswersAsync(server.Ipv4, 8005));
        Assert.False(await AnswersAsync(server.Ipv6, 8005));
        Assert.False(await AnswersAsync(server.Ipv4, 80));
        Assert.False(await AnswersAsync(server.Ipv6, 80));

        await ApplyAsync(server);
        Assert.False(await AnswersAsync(server.Ipv4, 22));
        Assert.False(await AnswersAsync(server.Ipv6, 22));

        await lab.Host.ApplyFirewallAsync(server.Id, null, CancellationToken.None);
        Assert.True(await AnswersAsync(server.Ipv4, 80));
    }

    [Fact]
    public async Task Inbound_FromAnotherServer_IsToldApartByItsAddress()
    {
        var (target, friend, stranger) = await ThreeAsync();

        await ApplyAsync(target, In("tcp", "22", $"{friend.Ipv4}/32", friend.Spec.PublicIpv6!), In("icmp", null, Everyone));

        Assert.True(await AnswersFromAsync(friend, target.Ipv4, 22));
        Assert.True(await AnswersFromAsync(friend, target.Ipv6, 22));
        Assert.False(await AnswersFromAsync(stranger, target.Ipv4, 22));
        Assert.False(await AnswersFromAsync(stranger, target.Ipv6, 22));
        Assert.True(await PingsFromAsync(stranger, target.Ipv4));
        Assert.True(await PingsFromAsync(stranger, target.Ipv6));
        Assert.False(await AnswersAsync(target.Ipv4, 22));
    }

    [Fact]
    public async Task Outbound_WithRules_LetsOnlyThoseOutAndAnswersBackIn()
    {
        var (server, other, _) = await ThreeAsync();

        await ApplyAsync(server, In("tcp", "22", Everyone), Out("tcp", "22", Everyone));

        Assert.True(await AnswersFromAsync(server, other.Ipv4, 22));
        Assert.False(await AnswersFromAsync(server, other.Ipv4, 80));
        Assert.False(await AnswersFromAsync(server, other.Ipv6, 80));
    }

    [Fact]
    public async Task Rules_AfterAPowerCycle_AreStillInForce()
    {
        var (server, _, _) = await ThreeAsync();
        await ApplyAsync(server, In("tcp", "22", Everyone));

        await lab.Host.PowerOffAsync(server.Id, CancellationToken.None);
        await lab.Host.PowerOnAsync(server.Id, CancellationToken.None);
        await server.WaitForSshAsync();

        Assert.False(await AnswersAsync(server.Ipv4, 80));
    }

    [Fact]
    public async Task Rules_FlushedByRootInside_StillHold()
    {
        var (server, _, _) = await ThreeAsync();
        await ApplyAsync(server, In("tcp", "22", Everyone));

        await server.RunAsync("sudo nft flush ruleset");

        Assert.False(await AnswersAsync(server.Ipv4, 80));
    }

    [Fact]
    public async Task Mail_ToOutside_IsClosedEvenWithoutAFirewall()
    {
        var (server, other, _) = await ThreeAsync();

        Assert.False(await AnswersFromAsync(server, other.Ipv4, 25));
        Assert.False(await AnswersFromAsync(server, other.Ipv6, 465));
        Assert.True(await AnswersFromAsync(server, other.Ipv4, 587));
        Assert.True(await AnswersAsync(other.Ipv4, 25));
    }

    [Fact]
    public async Task ForgedSender_IsDropped()
    {
        var (server, other, victim) = await ThreeAsync();
        await ApplyAsync(victim, In("icmp", null, $"{other.Ipv4}/32"), In("tcp", "22", Everyone));
        Assert.True(await PingsFromAsync(other, victim.Ipv4));
        var before = await EchoRequests(victim);

        await server.RunAsync($"sudo ip address add {other.Ipv4}/32 dev eth0");
        await server.TryAsync($"sudo ping -c 2 -W 1 -I {other.Ipv4} {victim.Ipv4}");
        await server.RunAsync($"sudo ip address delete {other.Ipv4}/32 dev eth0");

        Assert.Equal(before, await EchoRequests(victim));
    }

    /// <summary>What the server itself has counted, e.g. <c>IcmpMsgInType8 3</c>.</summary>
    private static Task<string> EchoRequests(LabServer server) => server.RunAsync("cat /proc/net/snmp | grep IcmpMsg");

    private async Task<(LabServer One, LabServer Two, LabServer Three)> ThreeAsync() => await lab.SharedAsync(3) is [var one, var two, var three, ..]
        ? (one, two, three)
        : throw new InvalidOperationException("Three servers were asked for.");

    private Task ApplyAsync(LabServer server, params MachineFirewallRule[] rules) =>
        lab.Host.ApplyFirewallAsync(server.Id, rules, CancellationToken.None);
}
