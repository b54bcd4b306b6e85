using System.Net;
using HostingPortal.CloudSandbox.Machines.Images;
using HostingPortal.CloudSandbox.Machines.Network;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class PackageTests(LabFixture lab)
{
    [Fact]
    public async Task Install_OnTwoServers_FetchesEachPackageOnce()
    {
        await using var one = await lab.BootAsync();
        await using var two = await lab.BootAsync();
        const string Install = "sudo apt-get -qq update && sudo apt-get -qq -y install tree >/dev/null 2>&1 && tree --version";

        Assert.StartsWith("tree v", await one.RunAsync(Install), StringComparison.Ordinal);
        var before = Files();
        Assert.StartsWith("tree v", await two.RunAsync(Install), StringComparison.Ordinal);

        Assert.NotEmpty(before);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Proxy_ForAnyOtherHost_Refuses()
    {
        await lab.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { Proxy = new WebProxy($"http://{lab.Slot.GatewayIpv4}:{LabPorts.Packages}") });

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("http://example.test/debian/x.deb")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{AptSources.Read().Mirror}/no-such-file.deb")).StatusCode);
    }

    private static List<(string, DateTime)> Files() =>
        [.. Directory.EnumerateFiles("/var/cache/hostingportal/packages", "*", SearchOption.AllDirectories).Order()
            .Select(path => (path, File.GetLastWriteTimeUtc(path)))];
}
