using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class PowerTests(LabFixture lab)
{
    [Fact]
    public async Task PowerOff_AndOn_KeepsTheDiskAndTheHostKey()
    {
        await using var server = await lab.BootAsync();
        await server.RunAsync("echo kept | sudo tee /etc/kept && sync");

        await lab.Host.PowerOffAsync(server.Id, CancellationToken.None);
        Assert.False(lab.Host.IsRunning(server.Id));
        Assert.NotEqual(0, (await server.TryAsync("true")).Code);

        await lab.Host.PowerOnAsync(server.Id, CancellationToken.None);
        await server.WaitForSshAsync();
        Assert.Equal("kept", await server.RunAsync("cat /etc/kept"));
        Assert.Equal("running", await server.RunAsync("systemctl is-system-running --wait"));
    }

    [Fact]
    public async Task Shutdown_FromOutside_StopsServicesInOrder()
    {
        await using var server = await lab.BootAsync();
        await server.RunAsync("""
            printf '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecStop=/bin/touch /etc/stopped-in-order\n' |
                sudo tee /etc/systemd/system/mark.service
            sudo systemctl start mark
            """);

        await lab.Host.ShutdownAsync(server.Id, CancellationToken.None);
        await server.WaitAsync(running: false);

        await lab.Host.PowerOnAsync(server.Id, CancellationToken.None);
        await server.WaitForSshAsync();
        await server.RunAsync("test -e /etc/stopped-in-order");
    }

    [Fact]
    public async Task Reboot_FromInside_ComesBackWithANewBootAndNetwork()
    {
        await using var server = await lab.BootAsync();
        await server.RunAsync("echo kept | sudo tee /etc/kept");
        await server.RunAsync("sudo nft add table inet gone-after-reboot && sudo touch /run/gone-after-reboot");

        await server.TryAsync("sudo systemctl reboot");
        await WaitUntilAsync(async () => (await server.TryAsync("test ! -e /run/gone-after-reboot")).Code == 0);

        Assert.Equal("kept", await server.RunAsync("cat /etc/kept"));
        Assert.DoesNotContain("gone-after-reboot", await server.RunAsync("sudo nft list tables"), StringComparison.Ordinal);
        Assert.True(lab.Host.IsRunning(server.Id));
    }

    [Fact]
    public async Task Poweroff_FromInside_ReadsAsOff()
    {
        await using var server = await lab.BootAsync();

        await server.TryAsync("sudo systemctl poweroff");

        await server.WaitAsync(running: false);
    }

    [Fact]
    public async Task Rebuild_WithNewUserData_MakesANewDisk()
    {
        await using var server = await lab.BootAsync();
        await server.RunAsync("sudo touch /etc/from-before");

        await lab.Host.RebuildAsync(server.Spec, CancellationToken.None);
        await server.WaitForSshAsync();

        Assert.NotEqual(0, (await server.TryAsync("test -e /etc/from-before")).Code);
        Assert.Equal("hello", await server.RunAsync("cat /etc/written-by-user-data"));
    }

    [Fact]
    public async Task Delete_RunningServer_LeavesNothing()
    {
        var server = await lab.BootAsync();

        await server.DisposeAsync();

        Assert.False(lab.Host.IsRunning(server.Id));
        Assert.False(File.Exists($"/run/netns/{lab.Slot.NameOf(server.Id)}"));
        Assert.Empty(CloudSandbox.Machines.Slots.ControlGroups.Processes(lab.Slot.GroupOf(server.Id)));
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            Assert.InRange(tries, 0, 200);
            await Task.Delay(100);
        }
    }
}
