using System.Diagnostics;
using HostingPortal.CloudSandbox.Machines;
using Xunit;

namespace HostingPortal.CloudSandbox.Tests.Machines;

/// <summary>A server as people order it: over the API of a sandbox that runs by itself.</summary>
[Collection(LabCollection.Name)]
public sealed class OrderTests(LabFixture lab, ITestOutputHelper output)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Order_OverTheApi_LetsInWithinEightSeconds()
    {
        // Once the image is there: the first order of a machine's life waits for it.
        await lab.SharedAsync(1);
        using var keys = new SshKeys();
        var folder = Directory.CreateTempSubdirectory("lab-order-").FullName;
        await using (var sandbox = await SandboxProcess.StartAsync(folder, SandboxServer.NewToken()))
        {
            var watch = Stopwatch.StartNew();
            var (_, address) = await sandbox.OrderAsync("web", keys.UserData);
            while (!await LetsInAsync(keys, address))
            {
                Assert.True(watch.Elapsed < 4 * Most, "no SSH");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            output.WriteLine($"order to SSH: {watch.Elapsed.TotalSeconds:0.0} s");
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Most);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> LetsInAsync(SshKeys keys, string address) => (await Shell.TryAsync([
        "ssh", "-i", keys.UserKey, "-o", "StrictHostKeyChecking=yes", "-o", $"UserKnownHostsFile={keys.KnownHosts}", "-o", "HostKeyAlias=lab-server",
        "-o", "BatchMode=yes", "-o", "ConnectTimeout=2", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR", $"deploy@{address}", "true",
    ], CancellationToken.None)).ExitCode == 0;
}
