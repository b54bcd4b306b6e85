using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class BootTests(LabFixture lab, ITestOutputHelper output)
{
    [Fact]
    public async Task Create_WithPinnedHostKey_AnswersSshWithinEightSeconds()
    {
        await lab.SharedAsync(1);
        await using var server = await lab.BootAsync();

        output.WriteLine($"create to SSH: {server.BootTime.TotalSeconds:0.0} s");
        Assert.InRange(server.BootTime.TotalSeconds, 0, 8);
        Assert.Equal("running", await server.RunAsync("systemctl is-system-running --wait"));
        Assert.Equal(server.Spec.Name, await server.RunAsync("hostname"));
        Assert.Equal("hello", await server.RunAsync("cat /etc/written-by-user-data"));
        await server.RunAsync("cloud-init status --wait && test -e /run/ran-by-user-data");
        Assert.Equal("root", await server.RunAsync("sudo id -un", server.Ipv6));
    }
}
