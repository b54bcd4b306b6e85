using System.Text;
using System.Text.Json.Nodes;
using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Executors;

public sealed class SshExecutorTests(SshdFixture sshd) : IClassFixture<SshdFixture>, IAsyncLifetime
{
    private readonly ExecutorRig rig = new(sshd.Options());
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task PrepareProject_Secrets_TravelOnStandardInput()
    {
        await rig.Executor.PrepareProjectAsync("p-1", new ProjectKeys(new Secret("key\nlines\n"), new Secret("vault")), ct);
        Assert.Equal("""{"private_key":"key\nlines\n","vault_password":"vault","next_key":""}""", await File.ReadAllTextAsync(Path.Combine(sshd.Home, "project.json"), ct));
    }

    [Fact]
    public async Task Start_Repeated_SaysWhatTheRunIs()
    {
        var run = Run("r-start");
        Assert.Equal(ExecutorRunState.Started, await rig.Executor.StartAsync(run, ct));
        Assert.Equal(ExecutorRunState.AlreadyRunning, await rig.Executor.StartAsync(run, ct));
        End("r-start");
        Assert.Equal(ExecutorRunState.AlreadyEnded, await rig.Executor.StartAsync(run, ct));

        var told = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(sshd.Home, "start.json"), ct))!;
        Assert.Equal("r-start", (string?)told["run"]);
        Assert.Equal("n-1", (string?)told["limit"]![0]);
        Assert.Equal(60, (int)told["timeout_seconds"]!);
        Assert.Equal("n-1 ssh-ed25519 AAAA\n", (string?)told["known_hosts"]);
    }

    [Fact]
    public async Task GetStatus_Ended_HasCodeAndBytes() =>
        Assert.Equal(new ExecutorRunStatus("ended", 4, 12), await rig.Executor.GetStatusAsync("r-1", ct));

    [Fact]
    public async Task Clean_StillRunning_KeepsTheExecutorsReason()
    {
        var e = await Assert.ThrowsAsync<OutsideException>(() => rig.Executor.CleanAsync("r-1", ct));
        Assert.Equal("executor.running", e.Code);
    }

    [Fact]
    public async Task Follow_FromAnyOffset_GivesTheRestThenEnds()
    {
        Append("r-follow", "{\"s\":1}\n{\"s\":2}\n");
        End("r-follow");
        Assert.Equal("{\"s\":1}\n{\"s\":2}\n", await ReadAsync("r-follow", 0));
        Assert.Equal("{\"s\":2}\n", await ReadAsync("r-follow", 8));
        Assert.Equal("", await ReadAsync("r-follow", 16));
    }

    [Fact]
    public async Task Follow_WhileItIsWritten_HandsOnAtOnce()
    {
        Append("r-live", "{\"s\":1}\n");
        await using var bytes = rig.Executor.FollowAsync("r-live", 0, ct).GetAsyncEnumerator(ct);
        Assert.True(await bytes.MoveNextAsync());
        Append("r-live", "{\"s\":2}\n");
        Assert.True(await bytes.MoveNextAsync());
        Assert.Equal("{\"s\":2}\n", Encoding.UTF8.GetString(bytes.Current.Span));
        End("r-live");
        Assert.False(await bytes.MoveNextAsync());
    }

    [Fact]
    public async Task Follow_LeftEarly_DoesNotHang()
    {
        Append("r-left", new string('x', 4 * 1024 * 1024));
        await foreach (var buffer in rig.Executor.FollowAsync("r-left", 0, ct))
        {
            Assert.False(buffer.IsEmpty);
            break;
        }
    }

    [Fact]
    public async Task Follow_UnknownRun_Throws()
    {
        var e = await Assert.ThrowsAsync<OutsideException>(() => ReadAsync("r-none", 0));
        Assert.Equal("executor.unknown", e.Code);
    }

    [Theory]
    [InlineData("r-1;id")]
    [InlineData("r-1 id")]
    [InlineData("$(id)")]
    [InlineData("r-1\n")]
    public async Task GetStatus_KeyWithShellCharacters_NeverLeaves(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Executor.GetStatusAsync(key, ct));

    private static ExecutorRun Run(string key) => new(
        key, "p-1", new string('a', 40), "1.0.0-x", "converge-nodes", ["n-1"], [], false, "n-1 ssh-ed25519 AAAA\n",
        new Dictionary<string, string>(), TimeSpan.FromMinutes(1));

    private void Append(string run, string text) => File.AppendAllText(Path.Combine(sshd.Home, $"{run}.events"), text);

    private void End(string run) => File.WriteAllText(Path.Combine(sshd.Home, $"{run}.ended"), "");

    private async Task<string> ReadAsync(string run, long offset)
    {
        var text = new StringBuilder();
        await foreach (var buffer in rig.Executor.FollowAsync(run, offset, ct))
        {
            text.Append(Encoding.UTF8.GetString(buffer.Span));
        }

        return text.ToString();
    }
}
