using HostingPortal.Domain;
using HostingPortal.Infrastructure.Executors;
using HostingPortal.Infrastructure.Secrets;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Executors;

/// <summary>Each test has a server of its own: some stop it.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private readonly SshdFixture sshd = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => sshd.InitializeAsync();

    public ValueTask DisposeAsync() => sshd.DisposeAsync();

    [Fact]
    public async Task GetStatus_AnotherHostKey_IsRefused()
    {
        var other = await new SshKeyGenerator().CreateSshKeyAsync("other", ct);
        var options = sshd.Options();
        options.HostKey = other.PublicKey;
        Assert.Equal("executor.host_key_changed", await CodeAsync(options));
    }

    [Fact]
    public async Task GetStatus_AnotherUserKey_SaysAccessDenied()
    {
        using var folder = new PrivateFolder();
        var other = await new SshKeyGenerator().CreateSshKeyAsync("other", ct);
        await File.WriteAllTextAsync(folder.File("key"), other.PrivateKey.Reveal(), ct);
        File.SetUnixFileMode(folder.File("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var options = sshd.Options();
        options.KeyFile = folder.File("key");
        Assert.Equal("executor.access_denied", await CodeAsync(options));
    }

    [Fact]
    public async Task GetStatus_NobodyListens_SaysUnreachable()
    {
        await sshd.StopAsync();
        Assert.Equal("executor.unreachable", await CodeAsync(sshd.Options()));
    }

    [Fact]
    public async Task GetStatus_NotConfigured_SaysSo() => Assert.Equal("executor.not_configured", await CodeAsync(new ExecutorOptions()));

    [Fact]
    public async Task Follow_ConnectionCut_IsNotTakenForTheEndAndGoesOnFromTheOffset()
    {
        var events = Path.Combine(sshd.Home, "r-cut.events");
        await File.WriteAllTextAsync(events, "{\"s\":1}\n", ct);
        await using var rig = new ExecutorRig(sshd.Options());
        long read = 0;
        var e = await Assert.ThrowsAsync<OutsideException>(async () =>
        {
            await foreach (var buffer in rig.Executor.FollowAsync("r-cut", 0, ct))
            {
                read += buffer.Length;
                await sshd.StopAsync();
            }
        });
        Assert.Equal("executor.unreachable", e.Code);
        Assert.True(e.Transient);

        await File.AppendAllTextAsync(events, "{\"s\":2}\n", ct);
        await File.WriteAllTextAsync(Path.Combine(sshd.Home, "r-cut.ended"), "", ct);
        await sshd.StartAsync();
        await foreach (var buffer in rig.Executor.FollowAsync("r-cut", read, ct))
        {
            read += buffer.Length;
        }

        Assert.Equal(16, read);
    }

    [Fact]
    public async Task EnsureReady_BareThenKnownMachine_IsBootstrappedOnceThenUpdated()
    {
        using var folder = new PrivateFolder();
        Directory.CreateDirectory(folder.File("executor"));
        await File.WriteAllTextAsync(folder.File("galaxy.yml"), "version: 1.0.0\n", ct);
        await File.WriteAllTextAsync(
            folder.File("executor/bootstrap.sh"), $"echo bootstrapping $1 >&2\ntest -s $2 && rm $2\nprintf %s $1 >{sshd.Home}/content\n", ct);
        var lines = new List<string>();
        await using (var rig = new ExecutorRig(sshd.Options(), folder.Location))
        {
            var info = await rig.Executor.EnsureReadyAsync(lines.Add, ct);
            Assert.Equal(["127.0.0.1/32"], info.Addresses);
            Assert.Equal("2.19.11", info.AnsibleVersion);
            Assert.Contains($"bootstrapping {info.ContentVersion}", lines);
            lines.Clear();
            await rig.Executor.EnsureReadyAsync(lines.Add, ct);
            Assert.Empty(lines);
        }

        await File.WriteAllTextAsync(folder.File("galaxy.yml"), "version: 1.0.1\n", ct);
        await using var newer = new ExecutorRig(sshd.Options(), folder.Location);
        Assert.StartsWith("1.0.1-", (await newer.Executor.EnsureReadyAsync(lines.Add, ct)).ContentVersion, StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(sshd.Home, "content.tar.gz")).Length > 0);
    }

    private async Task<string> CodeAsync(ExecutorOptions options)
    {
        await using var rig = new ExecutorRig(options);
        return (await Assert.ThrowsAsync<OutsideException>(() => rig.Executor.GetStatusAsync("r-1", ct))).Code;
    }
}
