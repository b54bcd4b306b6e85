using System.Diagnostics;
using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>Whose run is next.</summary>
public sealed class FairnessTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Five hundred runs of one client are in line, its share is at work; another client's run is the next one, and finding it takes no time.</summary>
    [Fact]
    public async Task Claim_OneClientQueuedFiveHundred_TheOthersStartAtOnce()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var greedy = await Tenant.CreateAsync(portal, "alfa", Ct);
        var modest = await Tenant.CreateAsync(portal, "bravo", Ct);
        var (nodeId, runId) = await greedy.OrderNodeAsync(greedy.ProjectId, "n", Ct);
        await using (var db = world.Database.CreateDbContext())
        {
            for (var i = 0; i < 500; i++)
            {
                var id = $"n-flood{i:D11}";
                db.AddRange(NodeRows.Ready(greedy.ProjectId, id, id), Queued(greedy, id, i));
            }

            await db.SaveChangesAsync(Ct);
        }

        var claimed = new List<string>();
        while (await portal.ClaimAsync(Ct) is { } run)
        {
            claimed.Add(run.ClientId);
        }

        Assert.Equal(new PortalOptions().MaxRunsPerClient, claimed.Count);
        await modest.OrderNodeAsync(modest.ProjectId, "web", Ct);
        var watch = Stopwatch.StartNew();
        var next = await portal.ClaimAsync(Ct);
        Assert.Equal(modest.ClientId, next!.ClientId);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
        Assert.NotEqual(0, runId + nodeId.Length);
    }

    [Fact]
    public async Task Claim_ScheduledBesidePeoples_PeopleFirstUntilItHasWaited()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        await using var db = world.Database.CreateDbContext();
        var (early, late, person) = (Queued(tenant, "n-early", 0), Queued(tenant, "n-late", 1), Queued(tenant, "n-person", 2));
        (early.Priority, late.Priority) = (RunPriority.Schedule, RunPriority.Schedule);
        db.AddRange(from id in new[] { "n-early", "n-late", "n-person" } select NodeRows.Ready(tenant.ProjectId, id, id));
        db.Runs.AddRange(early, late, person);
        await db.SaveChangesAsync(Ct);
        await db.Runs.Where(r => r.Id == late.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.QueuedAt, DateTime.UnixEpoch), Ct);
        var order = new List<long>();
        while (await portal.ClaimAsync(Ct) is { } run)
        {
            order.Add(run.Id);
        }

        Assert.Equal([late.Id, person.Id, early.Id], order);
    }

    [Fact]
    public async Task Claim_AllSharesAtWork_NothingMoreIsTaken()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start(settings: o => o.MaxRunsOverall = 3);
        for (var i = 0; i < 5; i++)
        {
            var tenant = await Tenant.CreateAsync(portal, $"t{i}", Ct);
            await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        }

        var runs = new List<Run>();
        while (await portal.ClaimAsync(Ct) is { } run)
        {
            runs.Add(run);
        }

        Assert.Equal(3, runs.Count);
        await portal.WorkAsync(runs[0]);
        Assert.NotNull(await portal.ClaimAsync(Ct));
        Assert.Null(await portal.ClaimAsync(Ct));
    }

    /// <summary>A database that failed is no end of a run: it is left for the next owner.</summary>
    [Fact]
    public async Task Work_RunThatBringsDownEveryOwner_IsGivenUp()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (_, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await using var db = world.Database.CreateDbContext();
        await db.Runs.Where(r => r.Id == runId).ExecuteUpdateAsync(r => r.SetProperty(x => x.Epoch, 200), Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal((RunState.Failed, "run.too-many-owners"), await db.Runs.Where(r => r.Id == runId).Select(r => ValueTuple.Create(r.State, r.Reason)).FirstAsync(Ct));
        Assert.Empty(world.Cloud.Servers);
        Assert.Empty(await db.NodeLocks.ToListAsync(Ct));
    }

    [Fact]
    public async Task Wait_ForARunOfAKnownLength_SaysAboutHowLong()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        for (var i = 0; i < 3; i++)
        {
            await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
            await portal.WorkOffAsync(Ct);
        }

        await using var db = world.Database.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"UPDATE runs SET EndedAt = StartedAt + INTERVAL 60 SECOND WHERE State = 'Succeeded'", Ct);
        var first = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        Assert.Equal(first, (await portal.ClaimAsync(Ct))!.Id);
        var second = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await db.Database.ExecuteSqlAsync($"UPDATE runs SET StartedAt = UTC_TIMESTAMP(3) - INTERVAL 20 SECOND WHERE Id = {first}", Ct);
        var waiting = await portal.Get<RunService>().GetAsync(tenant.Owner, second, Ct);
        Assert.Equal(first, waiting.Run.WaitsFor);
        Assert.InRange(waiting.WaitSeconds!.Value, 30, 41);
        Assert.Null((await portal.Get<RunService>().GetAsync(tenant.Owner, first, Ct)).WaitSeconds);

        await db.Database.ExecuteSqlAsync($"UPDATE runs SET StartedAt = UTC_TIMESTAMP(3) - INTERVAL 90 SECOND WHERE Id = {first}", Ct);
        Assert.Null((await portal.Get<RunService>().GetAsync(tenant.Owner, second, Ct)).WaitSeconds);
    }

    private static Run Queued(Tenant tenant, string nodeId, int number)
    {
        var run = new Run
        {
            Key = $"r-flood-{nodeId}-{number}", Kind = RunKind.Check, ClientId = tenant.ClientId, ProjectId = tenant.ProjectId, State = RunState.Queued,
            RequestedBy = "test", QueuedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        };
        run.Nodes.Add(new RunNode { RunId = 0, ProjectId = tenant.ProjectId, NodeId = nodeId, Name = nodeId });
        return run;
    }
}
