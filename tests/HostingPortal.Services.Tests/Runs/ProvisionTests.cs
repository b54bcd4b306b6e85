using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>From an order to a node that is ready, whatever happens on the way.</summary>
public sealed class ProvisionTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Provision_NothingGoesWrong_NodeIsReadyAndTheRunSucceeded()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);

        var run = await portal.Get<RunService>().GetAsync(tenant.Owner, tenant.RunId, Ct);
        Assert.Equal((RunState.Succeeded, null), (run.Run.State, run.Run.Reason));
        Assert.Equal(["secrets", "access", "order", "boot", "prepare", "commit", "play", "record"], run.Steps.Select(s => s.Name));
        Assert.All(run.Steps, s => Assert.Equal(StepState.Done, s.State));
        var node = await portal.Get<NodeQueries>().GetAsync(tenant.Owner, tenant.NodeId, Ct);
        Assert.Equal((NodeState.Ready, true, FakeExecutorContent), (node.State, node.InStep, node.ConvergedContent));
    }

    private const string FakeExecutorContent = "1.0.0-test";

    /// <summary>
    /// Stops the first owner at every call of every port, lets a second one take the run over to its end, and then wakes the first: it must change nothing.
    /// </summary>
    [Fact]
    public async Task Provision_OwnerStoppedAtAnyCall_AnotherOneFinishesWithOneServer()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        await tenant.OrderNodeAsync(tenant.ProjectId, "first", Ct);
        await portal.WorkOffAsync(Ct);
        var points = portal.Gate.Passed;
        Assert.Contains("cloud.CreateServer:after", points);
        Assert.Contains("executor.Start:before", points);

        for (var stop = 0; stop < points.Count; stop++)
        {
            await TakeOverAsync(world, tenant, stop, points[stop]);
        }
    }

    private static async Task TakeOverAsync(World world, Tenant tenant, int stop, string point)
    {
        await using var first = world.Start(new CallGate { StopAt = stop });
        await using var second = world.Start();
        var (nodeId, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, $"at{stop}", Ct);
        var run = await first.ClaimAsync(Ct);
        Assert.Equal(runId, run!.Id);
        var hanging = first.WorkAsync(run);
        await first.Gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await first.Timers.Waits;
        await Leases.ExpireAsync(world, runId, Ct);

        await second.WorkOffAsync(Ct);
        var before = await LogAsync(second, runId);
        first.Gate.Resume();
        await hanging;

        Assert.True(world.Cloud.Calls.Count(c => c == $"create {nodeId}") == 1, $"{point}: {string.Join(", ", world.Cloud.Calls)}");
        var detail = await second.Get<RunService>().GetAsync(tenant.Owner, runId, Ct);
        Assert.True(detail.Run.State == RunState.Succeeded, $"{point}: {detail.Run.State} {detail.Run.Reason} {detail.Run.ReasonDetail}");
        Assert.True(detail.Steps.All(s => s.State == StepState.Done), $"{point}: {string.Join(", ", detail.Steps.Select(s => $"{s.Name} {s.State}"))}");
        Assert.Equal(["secrets", "access", "order", "boot", "prepare", "commit", "play", "record"], detail.Steps.Select(s => s.Name));
        var node = await second.Get<NodeQueries>().GetAsync(tenant.Owner, nodeId, Ct);
        Assert.True(node.State == NodeState.Ready && node.CloudServerId is not null, $"{point}: {node.State} {node.StateReason}");
        Assert.Equal(before, await LogAsync(second, runId));
        Assert.Single(world.Executor.Started, s => s.Limit.Contains(nodeId));
    }

    /// <summary>Numbers without gap or double, and the text, which must hold the play once.</summary>
    private static async Task<IReadOnlyList<string>> LogAsync(Instance portal, long runId)
    {
        var lines = await portal.Get<RunLogService>().GetLinesAsync(Tenant.Admin, runId, 1, 5000, Ct);
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(l => l.Number));
        Assert.Single(lines, l => l.Kind == "task");
        Assert.Single(lines, l => l.Kind == "end");
        return lines.Select(l => l.Text).ToList();
    }
}
