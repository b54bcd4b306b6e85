using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>A portal without room on its disk ends no run whose play goes on at the executor.</summary>
public sealed class DiskFullTests(MariaDbFixture server)
{
    private const int NoSpaceLeft = 28;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Converge_NoRoomWhileItIsFollowed_EndsElsewhereWithItsWholeLog()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var starts = world.Executor.Started.Count;
        await using var full = world.Start(new CallGate { Fault = ("executor.Follow:bytes", new IOException("No space left on device", NoSpaceLeft)) });
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await full.ClaimAsync(Ct))!;
        await Assert.ThrowsAsync<IOException>(() => full.WorkAsync(run));
        Assert.Equal(RunState.Running, (await StateAsync(portal, run.Id)).State);

        await Leases.ExpireAsync(world, run.Id, Ct);
        await portal.WorkAsync((await portal.ClaimAsync(Ct))!);
        var ended = await StateAsync(portal, run.Id);
        Assert.Equal((RunState.Succeeded, (string?)null), (ended.State, ended.Reason));
        Assert.Equal(1, world.Executor.Started.Count - starts);
        var lines = await portal.Get<RunLogService>().GetLinesAsync(Tenant.Admin, run.Id, 1, 5000, Ct);
        Assert.Single(lines, l => l.Kind == "end");
    }

    private static async Task<RunRow> StateAsync(Instance portal, long run) => (await portal.Get<RunService>().GetAsync(Tenant.Admin, run, Ct)).Run;
}
