using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using HostingPortal.Domain;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Executors;
using HostingPortal.Infrastructure.Git;
using HostingPortal.Infrastructure.Tests.Executors;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Git;

public sealed class GitOverSshTests(SshdFixture sshd) : IClassFixture<SshdFixture>
{
    private static readonly Secret Vault = new("vault password 0123456789");
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_OverTheSharedConnection_ArrivesAndIsTimed()
    {
        await Cli.Wrap("git").WithArguments(["init", "--quiet", "--bare", "--initial-branch=main", Path.Combine(sshd.Home, "p-1.git")]).ExecuteBufferedAsync(ct);
        var options = Options.Create(Remote());
        using var files = new SshFiles(options);
        await using var connection = new ExecutorConnection(files, options, TimeProvider.System);
        var store = new GitInventoryStore(new InventoryClone(files, options), null!);
        var first = await store.CommitAsync("p-1", Tree(0), Vault, "Run 0", ct);
        var times = new List<double>();
        for (var i = 1; i <= 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await store.CommitAsync("p-1", Tree(i), Vault, $"Run {i}", ct);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"commit over ssh, ms: {string.Join(" ", times.Select(t => $"{t:0}"))}");
        var last = await store.CommitAsync("p-1", Tree(5), Vault, "Run 6", ct);
        Assert.False(last.Changed);
        Assert.Contains("+portal_sites: 5", await store.DiffAsync("p-1", first.Id, last.Id, Vault, ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_WrongHostKey_IsRefusedByGitToo()
    {
        var wrong = Remote();
        wrong.HostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII";
        var options = Options.Create(wrong);
        using var files = new SshFiles(options);
        var store = new GitInventoryStore(new InventoryClone(files, options), null!);
        var e = await Assert.ThrowsAsync<OutsideException>(() => store.CommitAsync("p-1", Tree(1), Vault, "Run", ct));
        Assert.Equal("executor.host_key_changed", e.Code);
    }

    private ExecutorOptions Remote()
    {
        var options = sshd.Options();
        options.InventoryRemote = $"ssh://executor{sshd.Home}/{{project}}.git";
        return options;
    }

    private static InventoryTree Tree(int number) => new(
        new Dictionary<string, string> { ["hosts.yml"] = "all: {}\n", ["host_vars/n-1/sites.yml"] = $"portal_sites: {number}\n" },
        new Dictionary<string, Secret> { ["host_vars/n-1/vault.yml"] = new("portal_vault:\n  a: \"b\"\n") });
}
