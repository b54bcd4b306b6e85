using HostingPortal.Domain;
using HostingPortal.Domain.Dashboard;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Schedules;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>While the portal's disk is nearly full nothing new starts, what runs goes on, and staff are told.</summary>
public sealed class DiskTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NearlyFull_NewRunsAreRefusedOrWait_AndGoOnceThereIsRoom()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var before = await CountAsync(world);
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        portal.Disk.IsNearlyFull = true;

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<NodeService>().OrderAsync(tenant.Owner, tenant.Order(tenant.ProjectId, "more"), Ct));
        Assert.Equal("Run.NoRoom", refused.Code);
        await using var db = world.Database.CreateDbContext();
        Assert.Equal(1, await db.Nodes.CountAsync(Ct));
        Assert.Null(await portal.ClaimAsync(Ct));

        // The portal's own clock puts its runs in line: none is left out for good.
        await db.Schedules.ExecuteUpdateAsync(s => s.SetProperty(x => x.NextAt, DateTime.UnixEpoch), Ct);
        await portal.Get<ScheduleClock>().TickAsync(Ct);
        Assert.True(await CountAsync(world) > before + 1);
        Assert.Null(await portal.ClaimAsync(Ct));

        portal.Disk.IsNearlyFull = false;
        await portal.WorkOffAsync(Ct);
        Assert.All(await db.Runs.AsNoTracking().ToListAsync(Ct), run => Assert.Equal(RunState.Succeeded, run.State));
    }

    [Fact]
    public async Task NearlyFull_RunWhoseOwnerDied_IsTakenOverAllTheSame()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (_, id) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        Assert.NotNull(await portal.ClaimAsync(Ct));
        await using var db = world.Database.CreateDbContext();
        await db.Runs.Where(r => r.Id == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.LeaseUntil, DateTime.UnixEpoch), Ct);
        portal.Disk.IsNearlyFull = true;
        await portal.WorkOffAsync(Ct);
        Assert.Equal(RunState.Succeeded, await db.Runs.Where(r => r.Id == id).Select(r => r.State).SingleAsync(Ct));
    }

    [Fact]
    public async Task NearlyFull_StandsUnderNeedsAttention_ForStaffAlone()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        portal.Disk.IsNearlyFull = true;
        Assert.Contains(await portal.Get<DashboardService>().GetAttentionAsync(Tenant.Admin, Ct), row => row is { Kind: "disk", Reason: "portal.disk" });
        Assert.DoesNotContain(await portal.Get<DashboardService>().GetAttentionAsync(tenant.Owner, Ct), row => row.Kind == "disk");
    }

    private static async Task<int> CountAsync(World world)
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Runs.CountAsync(Ct);
    }
}
