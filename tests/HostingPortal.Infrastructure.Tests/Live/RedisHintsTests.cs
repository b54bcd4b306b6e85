using CliWrap;
using HostingPortal.Domain.Runs;
using HostingPortal.Infrastructure.Live;
using HostingPortal.Infrastructure.Tests.Executors;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace HostingPortal.Infrastructure.Tests.Live;

/// <summary>Two instances and a real Redis that comes, goes and comes again.</summary>
public sealed class RedisHintsTests : IAsyncDisposable
{
    private readonly PrivateFolder folder = new();
    private readonly int port = SshdFixture.FreePort();
    private readonly List<RedisHints> started = [];
    private CancellationTokenSource? running;
    private Task<CommandResult>? server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hints_WhileRedisIsThere_ReachTheOtherInstanceAndNotTheWriter()
    {
        Start();
        var (one, two) = (await InstanceAsync(), await InstanceAsync());
        await UntilAsync(() => one.Connected && two.Connected);
        one.Write();
        Assert.True(await HeardAsync(two));
        Assert.False(await one.WaitAsync(TimeProvider.System, Ct));
    }

    [Fact]
    public async Task Hints_RedisGoneAndBack_NobodyWaitsForItAndTheyComeAgain()
    {
        var (one, two) = (await InstanceAsync(), await InstanceAsync());
        one.Write();
        Assert.False(await two.WaitAsync(TimeProvider.System, Ct));

        Start();
        await UntilAsync(() => one.Connected && two.Connected);
        await StopAsync();
        await UntilAsync(() => !one.Connected && !two.Connected);
        one.Write();
        Assert.False(await two.WaitAsync(TimeProvider.System, Ct));

        Start();
        await UntilAsync(() => one.Connected && two.Connected);
        one.Write();
        Assert.True(await HeardAsync(two));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("redis:6379,password=x", true)]
    [InlineData("redis:6379,nonsense=geheim", false)]
    public void Options_Unusable_AreRefusedWithoutRepeatingThem(string connection, bool good)
    {
        var result = new RedisOptionsCheck().Validate(null, new RedisOptions { Connection = connection });
        Assert.Equal(good, result.Succeeded);
        Assert.DoesNotContain("geheim", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hints in started)
        {
            await hints.StopAsync(CancellationToken.None);
            hints.Dispose();
        }

        await StopAsync();
        folder.Dispose();
    }

    private void Start()
    {
        // The server is the same program under another name; Debian's package of that name would start one of its own.
        var program = folder.File("redis-server");
        File.Delete(program);
        File.CreateSymbolicLink(program, "/usr/bin/redis-check-rdb");
        running = new CancellationTokenSource();
        server = Cli.Wrap(program).WithArguments(["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", folder.Location]).ExecuteAsync(running.Token).Task;
    }

    private async Task StopAsync()
    {
        if (running is not null)
        {
            await running.CancelAsync();
            await Task.WhenAny(server!);
            running.Dispose();
            running = null;
        }
    }

    private async Task<RunHints> InstanceAsync()
    {
        var hints = new RunHints();
        var redis = new RedisHints(Options.Create(new RedisOptions { Connection = $"127.0.0.1:{port},connectTimeout=500,connectRetry=1" }), hints, TimeProvider.System, NullLogger<RedisHints>.Instance);
        started.Add(redis);
        await redis.StartAsync(Ct);
        return hints;
    }

    /// <summary>Looks in between may come first.</summary>
    private static async Task<bool> HeardAsync(RunHints hints)
    {
        for (var looks = 0; looks < 20; looks++)
        {
            if (await hints.WaitAsync(TimeProvider.System, Ct))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(20, Ct);
        }
    }
}
