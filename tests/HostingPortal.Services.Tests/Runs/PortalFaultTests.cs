using System.Net.Sockets;
using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>What befalls the portal that follows a play ends no run: it goes on elsewhere.</summary>
public sealed class PortalFaultTests(MariaDbFixture server)
{
    private const string Following = "executor.Follow:bytes";
    private const int NoSpaceLeft = 28;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A full disk, and what MySqlConnector lets out when MariaDB dies while a command is sent.</summary>
    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(SocketException))]
    public async Task Converge_FaultWhileItIsFollowed_EndsElsewhereWithItsWholeLog(Type fault)
    {
        Exception error = fault == typeof(IOException) ? new IOException("No space left on device", NoSpaceLeft) : new SocketException((int)SocketError.ConnectionReset);
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var starts = world.Executor.Started.Count;
        await using var struck = world.Start(new CallGate { Fault = (Following, error) });
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await struck.ClaimAsync(Ct))!;
        Assert.Same(error, await Record.ExceptionAsync(() => struck.WorkAsync(run)));
        await GoesOnAsync(world, portal, run.Id, starts);
    }

    [Fact]
    public async Task Converge_FailsWhileThePortalStops_EndsElsewhereWithItsWholeLog()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var starts = world.Executor.Started.Count;
        await using var stopping = world.Start(new CallGate { Fault = (Following, new OutsideException("executor.failed", "the connection went with the portal")) });
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await stopping.ClaimAsync(Ct))!;
        world.Executor.Script = started =>
        {
            _ = stopping.StopAsync();
            return PlayScript.Succeeds(started);
        };
        await stopping.WorkAsync(run);
        await GoesOnAsync(world, portal, run.Id, starts);
    }

    private static async Task GoesOnAsync(World world, Instance portal, long runId, int startsBefore)
    {
        Assert.Equal(RunState.Running, (await StateAsync(portal, runId)).State);
        await Leases.ExpireAsync(world, runId, Ct);
        await portal.WorkAsync((await portal.ClaimAsync(Ct))!);
        var ended = await StateAsync(portal, runId);
        Assert.Equal((RunState.Succeeded, (string?)null), (ended.State, ended.Reason));
        Assert.Equal(1, world.Executor.Started.Count - startsBefore);
        var lines = await portal.Get<RunLogService>().GetLinesAsync(Tenant.Admin, runId, 1, 5000, Ct);
        Assert.Single(lines, l => l.Kind == "end");
    }

    private static async Task<RunRow> StateAsync(Instance portal, long run) => (await portal.Get<RunService>().GetAsync(Tenant.Admin, run, Ct)).Run;
}
