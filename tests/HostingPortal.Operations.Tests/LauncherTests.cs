using System.Globalization;
using HostingPortal.Operations.Tests.Backups;

namespace HostingPortal.Operations.Tests;

/// <summary><c>./portal up</c> that is killed, started again and asked to stop: what it started never outlives it for long.</summary>
public sealed class LauncherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_KilledThenStartedThenStopped_LeavesNothing()
    {
        await using var up = new UpPortal();
        await up.StartAsync(Ct);
        Assert.NotEqual("0", UserOf(PidIn(up, "portal.pid")));
        var (code, output) = await up.CallAsync(Ct, "up");
        Assert.Equal(1, code);
        Assert.Contains("already runs here", output, StringComparison.Ordinal);

        var first = Started(up);
        await up.KillAsync();
        Assert.All(first.Where(pid => pid != first[0]), pid => Assert.True(Runs(pid), "a killed launcher ends nothing itself"));
        await up.StartAsync(Ct);
        Assert.All(first, pid => Assert.False(Runs(pid)));

        var second = Started(up);
        Assert.Equal(0, await up.StopAsync());
        Assert.All(second, pid => Assert.False(Runs(pid)));
        Assert.DoesNotContain(up.State, await Tool.RunAsync(["findmnt", "-rn", "-o", "TARGET"], Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NoSdk_SaysSoAndGoesOn()
    {
        var path = Directory.CreateTempSubdirectory("portal-doctor-");
        foreach (var tool in (string[])["bash", "id", "grep", "awk", "df", "tail", "tr", "dirname", "dpkg-query", "findmnt", "unshare", "nft", "sha256sum", "cut", "basename"])
        {
            File.CreateSymbolicLink(Path.Combine(path.FullName, tool), (await Tool.RunAsync(["which", tool], Ct)).Trim());
        }

        var answer = await Tool.TryAsync(["env", $"PATH={path.FullName}", "/bin/bash", Checkout.File("portal"), "doctor"], Ct);
        path.Delete(recursive: true);
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("✗ .NET 10 SDK", answer.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Install the .NET 10 SDK", answer.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("Lab servers", answer.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("To look at:", answer.StandardOutput, StringComparison.Ordinal);
    }

    /// <summary>Launcher, sandbox, portal and its MariaDB.</summary>
    private static int[] Started(UpPortal up) =>
        [PidIn(up, "launcher.pid"), PidIn(up, "sandbox.pid"), PidIn(up, "portal.pid"), PidIn(up, Path.Combine("portal", "mariadb", "mariadb.pid"))];

    private static int PidIn(UpPortal up, string file) =>
        int.Parse(File.ReadAllText(Path.Combine(up.State, "up", file)).Split(' ', '\n')[0], CultureInfo.InvariantCulture);

    private static bool Runs(int pid) => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static string UserOf(int pid) => File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
}
