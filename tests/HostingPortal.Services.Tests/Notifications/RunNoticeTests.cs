using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Notifications;

/// <summary>What the end of a run tells, and to whom it is sent.</summary>
public sealed class RunNoticeTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_FailingAndWorkingInTurn_TellFailuresAndTheRecoveryOnce()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await EndAsync(portal, tenant, RunState.Succeeded);
        await EndAsync(portal, tenant, RunState.Failed);
        await EndAsync(portal, tenant, RunState.Unreachable);
        await EndAsync(portal, tenant, RunState.Canceled);
        await EndAsync(portal, tenant, RunState.Succeeded);
        await EndAsync(portal, tenant, RunState.Succeeded);
        Assert.Equal([NotificationKind.RunRecovered, NotificationKind.RunFailed, NotificationKind.RunFailed, NotificationKind.NodeReady], await KindsAsync(portal, tenant));
    }

    [Fact]
    public async Task Run_OfAnotherKind_RecoversNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await EndAsync(portal, tenant, RunState.Failed);
        await portal.Get<NodeService>().CheckAsync(tenant.Owner, tenant.NodeId, Ct);
        await FinishAsync(portal, RunState.Succeeded);
        Assert.Equal([NotificationKind.RunFailed, NotificationKind.NodeReady], await KindsAsync(portal, tenant));
    }

    /// <summary>An owner that was paused and lost its run ends nothing and tells nothing.</summary>
    [Fact]
    public async Task Run_EndedByAnOlderOwner_TellsNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await portal.ClaimAsync(Ct))!;
        await using (var db = world.Database.CreateDbContext())
        {
            await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Epoch, run.Epoch + 1), Ct);
        }

        Assert.False(await portal.Get<RunClaims>().EndAsync(run, new RunOutcome(RunState.Failed, "run.failed"), Ct));
        Assert.Equal([NotificationKind.NodeReady], await KindsAsync(portal, tenant));
    }

    [Fact]
    public async Task Failure_WithChannels_WaitsInTheOutboxOfThoseThatWantIt()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (wanting, other, paused) = (await tenant.AddChannelAsync("a", Ct), await tenant.AddChannelAsync("b", Ct, NotificationKind.NodeReady), await tenant.AddChannelAsync("c", Ct));
        await portal.Get<ChannelService>().ChangeAsync(tenant.Owner, paused, new ChangeChannel(Enabled: false), Ct);
        await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await FinishAsync(portal, RunState.Failed);
        await using var db = world.Database.CreateDbContext();
        var waiting = await db.Outbox.Include(m => m.Notification).ToListAsync(Ct);
        Assert.Equal([wanting], waiting.Select(m => m.ChannelId));
        Assert.Equal(NotificationKind.RunFailed, waiting[0].Notification!.Kind);
        Assert.DoesNotContain(other, waiting.Select(m => m.ChannelId));
    }

    private static async Task<IEnumerable<NotificationKind>> KindsAsync(Instance portal, Tenant tenant) =>
        (await portal.Get<NotificationService>().ListAsync(tenant.Owner, new NotificationFilter(), new PageQuery(), Ct)).Items.Select(n => n.Kind);

    private static async Task EndAsync(Instance portal, Tenant tenant, RunState state)
    {
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await FinishAsync(portal, state);
    }

    private static async Task FinishAsync(Instance portal, RunState state) =>
        Assert.True(await portal.Get<RunClaims>().EndAsync((await portal.ClaimAsync(Ct))!, new RunOutcome(state, state == RunState.Succeeded ? null : "run.failed"), Ct));
}
