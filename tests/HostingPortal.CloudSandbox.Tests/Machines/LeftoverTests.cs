using System.Net.Sockets;
using HostingPortal.CloudSandbox.Machines;
using HostingPortal.CloudSandbox.Machines.Slots;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

[Collection(LabCollection.Name)]
public sealed class LeftoverTests(LabFixture lab)
{
    [Fact]
    public async Task Start_AfterAKilledOwner_CleansItsRemainsAndNoOneElses()
    {
        var alive = (await lab.SharedAsync(1))[0];
        var (first, second) = (NewFolder(), NewFolder());
        var token = SandboxServer.NewToken();

        var killed = await SandboxProcess.StartAsync(first, token);
        var slot = new Slot(await killed.SlotAsync());
        var (id, address) = await killed.OrderAsync("orphan");
        await AwaitSshAsync(address);
        await killed.KillAsync();
        await killed.DisposeAsync();
        Assert.NotEmpty(ControlGroups.Processes(slot.Group));

        await using (var next = await SandboxProcess.StartAsync(second, token))
        {
            Assert.NotEqual(slot.Number, await next.SlotAsync());
            await AssertGoneAsync(slot, id);
            await alive.RunAsync("true");
        }

        await using (var again = await SandboxProcess.StartAsync(first, token))
        {
            Assert.Equal(slot.Number, await again.SlotAsync());
            await AwaitSshAsync(address);
        }

        await AssertGoneAsync(slot, id);
        Directory.Delete(first, recursive: true);
        Directory.Delete(second, recursive: true);
    }

    private static async Task AssertGoneAsync(Slot slot, long serverId)
    {
        Assert.Empty(ControlGroups.Processes(slot.Group));
        Assert.False(File.Exists($"/run/netns/{slot.Router}"));
        Assert.False(File.Exists($"/run/netns/{slot.NameOf(serverId)}"));
        Assert.NotEqual(0, (await Shell.TryAsync(["ip", "link", "show", slot.Router], CancellationToken.None)).ExitCode);
        Assert.DoesNotContain(slot.NameOf(serverId), await File.ReadAllTextAsync("/proc/self/mountinfo"), StringComparison.Ordinal);
    }

    /// <summary>Waits for the greeting of the SSH server.</summary>
    private static async Task AwaitSshAsync(string address)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address, 22).WaitAsync(TimeSpan.FromSeconds(1));
                using var reader = new StreamReader(client.GetStream());
                Assert.StartsWith("SSH-2.0", await reader.ReadLineAsync(), StringComparison.Ordinal);
                return;
            }
            catch (Exception notYet) when (notYet is SocketException or TimeoutException && tries < 300)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("lab-leftovers-").FullName;
}
