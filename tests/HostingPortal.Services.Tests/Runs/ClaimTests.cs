using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>Who works on which run, with several instances on one database.</summary>
public sealed class ClaimTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_TwoRunsOfOneNode_OneAfterTheOther()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var one = world.Start();
        await using var two = world.Start();
        var tenant = await Tenant.CreateRunningAsync(one, "alfa", Ct);
        var first = await one.Get<NodeService>().CheckAsync(tenant.Owner, tenant.NodeId, Ct);
        var second = await one.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);

        var claimed = await one.ClaimAsync(Ct);
        Assert.Equal(first, claimed!.Id);
        Assert.Null(await two.ClaimAsync(Ct));
        Assert.Equal(first, (await two.Get<RunService>().GetAsync(tenant.Owner, second, Ct)).Run.WaitsFor);
        await one.WorkAsync(claimed);
        Assert.Equal(second, (await two.ClaimAsync(Ct))!.Id);
    }

    [Fact]
    public async Task Claim_ManyInstancesAtOnce_NoRunAndNoNodeTwice()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start(settings: o => o.MaxRunsPerClient = 100);
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        for (var i = 0; i < 8; i++)
        {
            await tenant.OrderNodeAsync(tenant.ProjectId, $"n{i}", Ct);
        }

        var instances = Enumerable.Range(0, 6).Select(_ => world.Start(settings: o => o.MaxRunsPerClient = 100)).ToList();
        var claimed = new List<long>();
        while (claimed.Count < 8)
        {
            var round = await Task.WhenAll(instances.Select(i => i.ClaimAsync(Ct)));
            claimed.AddRange(round.OfType<Run>().Select(r => r.Id));
        }

        Assert.Equal(8, claimed.Distinct().Count());
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(8, await db.NodeLocks.CountAsync(Ct));
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Claim_LeaseRanOut_TakenOverWithANewEpoch()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var one = world.Start();
        await using var two = world.Start();
        var tenant = await Tenant.CreateAsync(one, "alfa", Ct);
        var (_, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        var old = await one.ClaimAsync(Ct);
        Assert.Null(await two.ClaimAsync(Ct));
        await Leases.ExpireAsync(world, runId, Ct);
        var taken = await two.ClaimAsync(Ct);

        Assert.Equal((runId, old!.Epoch + 1), (taken!.Id, taken.Epoch));
        Assert.Null(await one.Get<RunClaims>().BeatAsync(old, Ct));
        Assert.False(await two.Get<RunClaims>().BeatAsync(taken, Ct));
        Assert.False(await one.Get<RunClaims>().EndAsync(old, RunOutcome.Success, Ct));
        await one.Get<RunClaims>().ReleaseAsync(old, Ct);
        Assert.Null(await one.ClaimAsync(Ct));
    }

    [Fact]
    public async Task Write_UnderAnOldEpoch_ChangesNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var one = world.Start();
        await using var two = world.Start();
        var tenant = await Tenant.CreateAsync(one, "alfa", Ct);
        var (_, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        var old = (await one.ClaimAsync(Ct))!;
        await Leases.ExpireAsync(world, runId, Ct);
        Assert.NotNull(await two.ClaimAsync(Ct));

        await using var log = new RunLog(world.Database, one.Get<RunFeed>(), old, new Redactor([]), TimeProvider.System);
        var context = new RunContext(world.Database, log, old, TimeProvider.System, Ct, CancellationToken.None);
        await Assert.ThrowsAsync<LostLeaseException>(() => context.LineAsync("too late", Ct));
        await Assert.ThrowsAsync<LostLeaseException>(() => context.StepAsync("order", () => Task.CompletedTask, Ct));
        await Assert.ThrowsAsync<LostLeaseException>(() => context.UpdateAsync(r => r.Tags = "x", Ct));
        await using var db = world.Database.CreateDbContext();
        Assert.Empty(await db.RunSteps.ToListAsync(Ct));
        Assert.Empty(await db.RunLogChunks.ToListAsync(Ct));
    }

    [Fact]
    public async Task Claim_ClientAtItsCap_OthersGoFirst()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start(settings: o => o.MaxRunsPerClient = 2);
        var greedy = await Tenant.CreateAsync(portal, "alfa", Ct);
        var modest = await Tenant.CreateAsync(portal, "bravo", Ct);
        for (var i = 0; i < 4; i++)
        {
            await greedy.OrderNodeAsync(greedy.ProjectId, $"n{i}", Ct);
        }

        await modest.OrderNodeAsync(modest.ProjectId, "web", Ct);
        var order = new List<string>();
        while (await portal.ClaimAsync(Ct) is { } run)
        {
            order.Add(run.ClientId);
        }

        Assert.Equal([greedy.ClientId, modest.ClientId, greedy.ClientId], order);
    }

    [Fact]
    public async Task End_ReasonLongerThanTheColumn_EndsAllTheSame()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (_, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        var run = (await portal.ClaimAsync(Ct))!;
        Assert.True(await portal.Get<RunClaims>().EndAsync(run, new RunOutcome(RunState.Failed, new string('r', 100), new string('ä', 9000)), Ct));
        var ended = (await portal.Get<RunService>().GetAsync(tenant.Owner, runId, Ct)).Run;
        Assert.Equal((RunState.Failed, Run.DetailLength), (ended.State, ended.ReasonDetail!.Length));
    }
}
