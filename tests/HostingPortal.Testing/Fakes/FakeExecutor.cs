using System.Runtime.CompilerServices;
using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Testing.Scenarios;

namespace HostingPortal.Testing.Fakes;

/// <summary>The Primary's executor, and Project Masters that are worlds of their own.</summary>
internal sealed class FakeExecutors(World world, CallGate gate) : IExecutors
{
    public IExecutor Primary { get; } = new FakeExecutor(world.Executor, gate);

    public IExecutor At(ExecutorAddress address) => new FakeExecutor(world.Masters.GetOrAdd(address.Host, _ => new ExecutorWorld()), gate);
}

/// <summary>One instance's way to an <see cref="ExecutorWorld"/>.</summary>
internal sealed class FakeExecutor(ExecutorWorld world, CallGate gate) : IExecutor
{
    public const string Content = "1.0.0-test";

    public Task<ExecutorInfo> EnsureReadyAsync(Action<string> line, CancellationToken ct) =>
        gate.AroundAsync("executor.EnsureReady", () => Task.FromResult(new ExecutorInfo(Content, "2.19", ["198.51.100.7/32"])));

    public Task PrepareProjectAsync(string projectId, ProjectKeys? keys, CancellationToken ct) =>
        gate.AroundAsync("executor.PrepareProject", () =>
        {
            world.Prepare(projectId, keys?.PrivateKey.Reveal());
            return Task.FromResult(true);
        });

    public Task<ExecutorRunState> StartAsync(ExecutorRun run, CancellationToken ct) => gate.AroundAsync("executor.Start", () => Task.FromResult(world.Start(run)));

    public Task<ExecutorRunStatus> GetStatusAsync(string key, CancellationToken ct) => gate.AroundAsync("executor.GetStatus", () =>
        Task.FromResult(world.Find(key) is { } play ? new ExecutorRunStatus(play.Ended ? "ended" : "running", play.Ended ? 0 : null, 0) : new ExecutorRunStatus("unknown", null, 0)));

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> FollowAsync(string key, long offset, [EnumeratorCancellation] CancellationToken ct)
    {
        var play = world.Find(key) ?? throw new OutsideException("executor.failed", $"There is no run {key}.");
        while (true)
        {
            var (bytes, ended, grown) = play.Read(offset);
            if (bytes.Length > 0)
            {
                await gate.PassAsync("executor.Follow:bytes");
                if (world.BytesPerConnection is { } most && bytes.Length > most)
                {
                    yield return bytes.AsMemory(0, most);
                    throw new OutsideException("executor.unreachable", "connection lost", transient: true);
                }

                yield return bytes;
                offset += bytes.Length;
            }
            else if (ended)
            {
                yield break;
            }
            else
            {
                await grown.WaitAsync(ct);
            }
        }
    }

    public Task CancelAsync(string key, CancellationToken ct) => gate.AroundAsync("executor.Cancel", () =>
    {
        world.Find(key)?.Append([PlayScript.End(143, "canceled")]);
        return Task.FromResult(true);
    });

    public Task WatchAsync(string projectId, ExecutorWatch watch, CancellationToken ct) => gate.AroundAsync("executor.Watch", () =>
    {
        world.Watches[projectId] = watch;
        return Task.FromResult(true);
    });

    public Task<IReadOnlyList<TimedRun>> ListTimedAsync(CancellationToken ct) => gate.AroundAsync("executor.ListTimed", () => Task.FromResult(world.Timed));

    public Task<ExecutorHealth> GetHealthAsync(CancellationToken ct) => gate.AroundAsync("executor.GetHealth", () => Task.FromResult(world.Health));

    public Task CleanAsync(string key, CancellationToken ct) => gate.AroundAsync("executor.Clean", () =>
    {
        world.Clean(key);
        return Task.FromResult(true);
    });
}
