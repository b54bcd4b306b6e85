using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Schedules;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Schedules;

public sealed class ScheduleClockTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Six instances look at the same moment: one run, the next time in the future, however much was missed.</summary>
    [Fact]
    public async Task Tick_DueForDaysSeenBySixInstances_OneRun()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await DueAsync(world, tenant.ScheduleIds[0]);
        var instances = Enumerable.Range(0, 6).Select(_ => world.Start()).ToList();
        var started = await Task.WhenAll(instances.Select(i => i.Get<ScheduleClock>().TickAsync(Ct)));
        Assert.Equal(1, started.Sum());
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }

        var row = await portal.Get<ScheduleService>().GetAsync(tenant.Owner, tenant.ScheduleIds[0], Ct);
        Assert.True(row.NextAt > TimeProvider.System.GetUtcNow().UtcDateTime);
        var run = await portal.Get<RunService>().GetAsync(tenant.Owner, row.LastRunId!.Value, Ct);
        Assert.Equal((RunKind.Check, RunState.Queued, "HostingPortal"), (run.Run.Kind, run.Run.State, run.Run.RequestedBy));
        Assert.Equal([RunWish.Schedule], run.Requests.Select(r => r.Wish));
    }

    [Fact]
    public async Task Tick_CheckOfLastTimeStillQueued_QueuesNoSecond()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        for (var i = 0; i < 3; i++)
        {
            await DueAsync(world, tenant.ScheduleIds[0]);
            await portal.Get<ScheduleClock>().TickAsync(Ct);
        }

        await using var db = world.Database.CreateDbContext();
        Assert.Equal(1, await db.Runs.CountAsync(r => r.State == RunState.Queued, Ct));
    }

    [Fact]
    public async Task Tick_ConvergeDue_JoinsTheOneAPersonAskedForAndLeavesItFirst()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var asked = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var id = await portal.Get<ScheduleService>().CreateAsync(tenant.Owner, new CreateSchedule(tenant.ProjectId, tenant.NodeId, RunKind.Converge, "0 5 * * *"), Ct);
        await DueAsync(world, id);
        await portal.Get<ScheduleClock>().TickAsync(Ct);
        Assert.Equal(asked, (await portal.Get<ScheduleService>().GetAsync(tenant.Owner, id, Ct)).LastRunId);
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(RunPriority.Person, await db.Runs.Where(r => r.Id == asked).Select(r => r.Priority).FirstAsync(Ct));
    }

    [Fact]
    public async Task Tick_SwitchedOffOrWithoutAServer_StartsNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await portal.Get<ScheduleService>().ChangeAsync(tenant.Owner, tenant.ScheduleIds[0], new ChangeSchedule(Enabled: false), Ct);
        Assert.Equal(0, await portal.Get<ScheduleClock>().TickAsync(Ct));
        var bare = await Tenant.CreateAsync(portal, "bravo", Ct);
        await DueAsync(world, await bare.AddScheduleAsync("0 1 * * *", Ct));
        Assert.Equal(1, await portal.Get<ScheduleClock>().TickAsync(Ct));
        await using var db = world.Database.CreateDbContext();
        Assert.False(await db.Runs.AnyAsync(r => r.State == RunState.Queued, Ct));
    }

    private static async Task DueAsync(World world, string scheduleId)
    {
        await using var db = world.Database.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"UPDATE schedules SET NextAt = UTC_TIMESTAMP(3) - INTERVAL 3 DAY WHERE Id = {scheduleId}", Ct);
    }
}
