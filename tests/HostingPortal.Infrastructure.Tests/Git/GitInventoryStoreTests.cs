using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using HostingPortal.Domain;
using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.Security;
using HostingPortal.Infrastructure.Executors;
using HostingPortal.Infrastructure.Git;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Git;

public sealed class GitInventoryStoreTests : IAsyncLifetime
{
    private const string Project = "p-1";
    private static readonly Secret Vault = new("vault password 0123456789");
    private readonly PrivateFolder folder = new();
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private GitInventoryStore store = null!;

    private string Bare => folder.File($"{Project}.git");

    public async ValueTask InitializeAsync()
    {
        await GitAsync("init", "--quiet", "--bare", "--initial-branch=main", Bare);
        var options = Options.Create(new ExecutorOptions { InventoryRemote = folder.File("{project}.git") });
        store = new GitInventoryStore(new InventoryClone(new SshFiles(options), options), null!);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Commit_FirstTree_HoldsExactlyTheFiles()
    {
        var made = await CommitAsync(Tree(("hosts.yml", "all: {}\n"), ("host_vars/n-1/sites.yml", "portal_sites: []\n")));
        Assert.True(made.Changed);
        Assert.Null(made.Parent);
        Assert.Equal("100644 host_vars/n-1/sites.yml\n100644 hosts.yml\n", await GitAsync("-C", Bare, "ls-tree", "-r", "--format=%(objectmode) %(path)", "main"));
        Assert.StartsWith("Run 1: it's \"quoted\" $(id)\n\n- a change\n", await GitAsync("-C", Bare, "log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_EqualTree_MakesNoCommit()
    {
        var tree = Tree(("hosts.yml", "all: {}\n"));
        var first = await CommitAsync(tree);
        var second = await CommitAsync(tree);
        Assert.Equal(new InventoryCommit(first.Id, first.Id, false, ""), second);
    }

    [Fact]
    public async Task Commit_FileLeftOut_IsRemoved()
    {
        var first = await CommitAsync(Tree(("hosts.yml", "all: {}\n"), ("host_vars/n-1/sites.yml", "a\n")));
        var second = await CommitAsync(Tree(("hosts.yml", "all: {}\n")));
        Assert.Equal(first.Id, second.Parent);
        Assert.Equal("hosts.yml\n", await GitAsync("-C", Bare, "ls-tree", "-r", "--name-only", "main"));
    }

    [Fact]
    public async Task Commit_SameVaultText_IsNotWrittenAnewAndNeverClear()
    {
        var tree = Tree(("hosts.yml", "a\n")) with { VaultFiles = VaultOf("portal_vault:\n  db: \"canary-1\"\n") };
        var first = await CommitAsync(tree);
        Assert.False((await CommitAsync(tree)).Changed);
        var second = await CommitAsync(tree with { VaultFiles = VaultOf("portal_vault:\n  db: \"canary-2\"\n") });
        Assert.True(second.Changed);

        Assert.DoesNotContain("canary", await GitAsync("-C", Bare, "log", "-p", "main"), StringComparison.Ordinal);
        var diff = await store.DiffAsync(Project, first.Id, second.Id, Vault, ct);
        Assert.Equal(diff, second.Diff);
        Assert.Contains("-portal_vault.db: •••\n+portal_vault.db: •••\n", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", diff, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_TwoCommits_IsUnified()
    {
        var first = await CommitAsync(Tree(("hosts.yml", "one\ntwo\n")));
        await CommitAsync(Tree(("hosts.yml", "one\nbetween\n")));
        var third = await CommitAsync(Tree(("hosts.yml", "one\nthree\n")));
        Assert.Contains("-two\n+three\n", await store.DiffAsync(Project, first.Id, third.Id, Vault, ct), StringComparison.Ordinal);
        Assert.Contains("+one\n+two\n", await store.DiffAsync(Project, null, first.Id, Vault, ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_ManyAtOnce_NoneIsLostOrOverwritten()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(async i =>
        {
            try
            {
                return await CommitAsync(Tree(("hosts.yml", $"{i}\n")));
            }
            catch (OutsideException e)
            {
                Assert.Equal("inventory.moved", e.Code);
                return null;
            }
        }));
        var commits = (await GitAsync("-C", Bare, "rev-list", "--count", "main")).Trim();
        Assert.Equal($"{outcomes.Count(o => o is { Changed: true })}", commits);
    }

    [Fact]
    public async Task Commit_RefusedByTheRepository_SaysSo()
    {
        var hook = Path.Combine(Bare, "hooks", "pre-receive");
        await File.WriteAllTextAsync(hook, "#!/bin/sh\necho not today >&2\nexit 1\n", ct);
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);
        var e = await Assert.ThrowsAsync<OutsideException>(() => CommitAsync(Tree(("hosts.yml", "a\n"))));
        Assert.Equal("inventory.refused", e.Code);
        Assert.Contains("not today", e.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_NoRepository_SaysMissing()
    {
        var e = await Assert.ThrowsAsync<OutsideException>(() => store.CommitAsync("p-2", Tree(("hosts.yml", "a\n")), Vault, "m", ct));
        Assert.Equal("inventory.missing", e.Code);
    }

    [Theory]
    [InlineData("../evil.yml")]
    [InlineData("/etc/evil.yml")]
    [InlineData(".git/hooks/x.yml")]
    [InlineData("a/../../b.yml")]
    [InlineData("hosts.yml\n")]
    public async Task Commit_PathOutsideTheTree_IsRefused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(Tree((path, "a\n"))));

    [Fact]
    public async Task Commit_Typical_IsFast()
    {
        await CommitAsync(Tree(("hosts.yml", "0\n")));
        var started = Stopwatch.GetTimestamp();
        await CommitAsync(Tree(("hosts.yml", "1\n")));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3), $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds} ms");
    }

    private Task<InventoryCommit> CommitAsync(InventoryTree tree) =>
        store.CommitAsync(Project, tree, Vault, "Run 1: it's \"quoted\" $(id)\n\n- a change\n", ct);

    private static InventoryTree Tree(params (string Path, string Text)[] files) =>
        new(files.ToDictionary(f => f.Path, f => f.Text), new Dictionary<string, Secret>());

    private static Dictionary<string, Secret> VaultOf(string text) => new() { ["host_vars/n-1/vault.yml"] = new Secret(text) };

    private async Task<string> GitAsync(params string[] arguments) => (await Cli.Wrap("git").WithArguments(arguments).ExecuteBufferedAsync(ct)).StandardOutput;
}
