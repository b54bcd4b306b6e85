using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using HostingPortal.CloudSandbox.Dns;
using HostingPortal.CloudSandbox.Machines;
using Xunit;
using static HostingPortal.CloudSandbox.Tests.Machines.Ports;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class NetworkTests(LabFixture lab)
{
    [Fact]
    public async Task Attach_ToRunningServers_JoinsThemUnfilteredAndDetachParts()
    {
        await using var one = await lab.BootAsync(spec => spec with { Networks = [Network(7, "10.0.0.2")] });
        var two = (await lab.SharedAsync(1))[0];
        await lab.Host.ApplyFirewallAsync(two.Id, [In("tcp", "22", "0.0.0.0/0")], CancellationToken.None);

        await lab.Host.AttachNetworkAsync(two.Id, Network(7, "10.0.0.3"), CancellationToken.None);

        Assert.True(await PingsFromAsync(one, "10.0.0.3"));
        Assert.True(await AnswersFromAsync(one, "10.0.0.3", 80));
        Assert.False(await AnswersFromAsync(one, two.Ipv4, 80));
        Assert.Contains("10.0.0.3/16", await two.RunAsync("ip -brief address show enp7s0"), StringComparison.Ordinal);

        await lab.Host.DetachNetworkAsync(two.Id, 7, CancellationToken.None);
        Assert.False(await PingsFromAsync(one, "10.0.0.3"));
        Assert.True(await AnswersFromAsync(two, one.Ipv4, 22));
    }

    [Fact]
    public async Task Networks_WithTheSameRange_AreApart()
    {
        await using var one = await lab.BootAsync(spec => spec with { Networks = [Network(11, "10.0.0.2")] });
        await using var two = await lab.BootAsync(spec => spec with { Networks = [Network(12, "10.0.0.3")] });
        Assert.False(await PingsFromAsync(one, "10.0.0.3"));

        await lab.Host.AttachNetworkAsync(two.Id, Network(13, "10.1.0.3", "10.1.0.0/16"), CancellationToken.None);
        Assert.Contains("10.1.0.3/16", await two.RunAsync("ip -brief address show enp8s0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_IsReachableOnlyWhereTheLabServesIt()
    {
        var server = (await lab.SharedAsync(1))[0];
        using var open = Listen(LabFixture.OpenHostPort);
        using var closed = Listen(LabFixture.OpenHostPort + 1);

        Assert.True(await AnswersFromAsync(server, lab.Slot.GatewayIpv4, LabFixture.OpenHostPort));
        Assert.True(await AnswersFromAsync(server, lab.Slot.GatewayIpv6, LabFixture.OpenHostPort));
        Assert.True(await AnswersFromAsync(server, lab.Slot.GatewayIpv4, 53));
        Assert.False(await AnswersFromAsync(server, lab.Slot.GatewayIpv4, LabFixture.OpenHostPort + 1));
        Assert.False(await AnswersFromAsync(server, lab.Slot.GatewayIpv6, LabFixture.OpenHostPort + 1));
        foreach (var address in HostAddresses())
        {
            Assert.False(await AnswersFromAsync(server, $"{address}", LabFixture.OpenHostPort), $"{address} of the host is reachable");
        }
    }

    [Fact]
    public async Task Beyond_TheHost_NothingIsReached()
    {
        var server = (await lab.SharedAsync(1))[0];
        await using var beyond = await FarHost.OpenAsync(lab.Slot.Router);
        foreach (var address in new[] { FarHost.Ipv4, FarHost.Ipv6 })
        {
            Assert.True(await AnswersAsync(address, 443), $"the host itself does not reach {address}");
            Assert.False(await AnswersFromAsync(server, address, 443), $"{address} is reached");
            Assert.False(await PingsFromAsync(server, address), $"{address} is reached");
        }
    }

    [Fact]
    public async Task Server_WithoutPublicIpv4_HasDnsAndPackagesOverIpv6()
    {
        await using var server = await lab.BootAsync(spec => spec with { PublicIpv4 = null });
        lab.Zones.Add("six.test", new ZoneRecord("six.test", "AAAA", 60, "2001:db8::99"));

        Assert.DoesNotContain("198.18.", await server.RunAsync("ip -4 address"), StringComparison.Ordinal);
        Assert.StartsWith("2001:db8::99", await server.RunAsync("getent ahostsv6 six.test"), StringComparison.Ordinal);
        await server.RunAsync("sudo apt-get -qq update");
    }

    [Fact]
    public async Task Host_IsNotSeenFromInside()
    {
        var server = (await lab.SharedAsync(1))[0];

        Assert.Equal("eth0 lo", (await server.RunAsync("ls /sys/class/net")).ReplaceLineEndings(" "));
        Assert.NotEqual(0, (await server.TryAsync("sudo test -e /dev/vda -o -e /dev/sda -o -e /dev/kvm -o -e /dev/fuse")).Code);
        Assert.NotEqual(0, (await server.TryAsync($"ps -eo args | grep -v grep | grep -q {Environment.ProcessPath}")).Code);
    }

    [Fact]
    public async Task Metadata_TellsEachServerAboutItself()
    {
        await using var one = await lab.BootAsync(spec => spec with { Networks = [Network(7, "10.0.0.2")] });
        var two = (await lab.SharedAsync(1))[0];
        const string Service = "http://169.254.169.254/hetzner/v1";

        Assert.Equal($"{one.Id}", await one.RunAsync($"curl -sf {Service}/metadata/instance-id"));
        Assert.Equal(two.Spec.Name, await two.RunAsync($"curl -sf {Service}/metadata/hostname"));
        Assert.Contains($"public-ipv4: \"{one.Ipv4}\"", await one.RunAsync($"curl -sf {Service}/metadata"), StringComparison.Ordinal);
        Assert.Contains("- ip: 10.0.0.2", await one.RunAsync($"curl -sf {Service}/metadata/private-networks"), StringComparison.Ordinal);
        Assert.Equal(one.Spec.UserData!.Trim(), await one.RunAsync($"curl -sf {Service}/userdata"));
        Assert.Equal("404", await one.RunAsync("curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data"));
    }

    private IEnumerable<IPAddress> HostAddresses() =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        where card.Name != lab.Slot.Router && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
        from address in card.GetIPProperties().UnicastAddresses
        where !address.Address.IsIPv6LinkLocal
        select address.Address;

    private static MachineNetwork Network(long id, string ip, string range = "10.0.0.0/16") =>
        new(id, range, ip, [], range.Replace(".0/16", ".1", StringComparison.Ordinal));

    private static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        socket.Listen();
        return socket;
    }
}
