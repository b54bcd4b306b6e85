using HostingPortal.CloudSandbox.Machines;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class ImageTests(LabFixture lab)
{
    [Theory]
    [InlineData("debian-13", "13")]
    [InlineData("debian-12", "12")]
    public async Task Boot_OfEachImage_RunsThatDebianWithoutFailedUnits(string image, string version)
    {
        await using var server = await lab.BootAsync(spec => spec with { Image = image });

        Assert.Equal(version, await server.RunAsync(". /etc/os-release && echo $VERSION_ID"));
        Assert.Equal("running", await server.RunAsync("systemctl is-system-running --wait"));
        Assert.Equal("status: done", await server.RunAsync("cloud-init status --wait | tail -1"));
        await server.RunAsync("sudo systemd-run --wait --collect true");
    }

    [Fact]
    public async Task Password_WithoutKeys_IsRootsUntilTheFirstLogin()
    {
        await using var server = await lab.BootAsync(spec => spec with { RootPassword = "first-pass" });

        Assert.StartsWith("root:$", await server.RunAsync("sudo grep ^root: /etc/shadow"), StringComparison.Ordinal);
        Assert.Contains("password must be changed", await server.RunAsync("sudo chage -l root"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OfAnUnknownImage_NamesTheKnownOnes()
    {
        await lab.StartAsync();
        var server = lab.Order(spec => spec with { Image = "ubuntu-24.04" });

        var refused = await Assert.ThrowsAsync<LabException>(() => lab.Host.CreateAsync(server.Spec, start: true, CancellationToken.None));

        Assert.Contains("debian-13 and debian-12", refused.Message, StringComparison.Ordinal);
    }
}
