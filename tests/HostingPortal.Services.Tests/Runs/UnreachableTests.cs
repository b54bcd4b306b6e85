using HostingPortal.Domain.Dashboard;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>A node that is not reached is tried again by the portal itself, three times.</summary>
public sealed class UnreachableTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Converge_NodeNotReached_IsTriedAgainAfterOneFiveAndFifteenMinutes()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = NotReached;
        var run = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await portal.WorkOffAsync(Ct);
        foreach (var minutes in new[] { 1, 5, 15 })
        {
            Assert.Equal(RunState.Unreachable, (await portal.Get<RunService>().GetAsync(tenant.Owner, run, Ct)).Run.State);
            var next = Assert.Single(await WaitingAsync(world));
            Assert.Equal((run, "HostingPortal"), (next.RetryOf, next.RequestedBy));
            Assert.InRange(next.NotBefore!.Value - next.QueuedAt, TimeSpan.FromSeconds((minutes * 60) - 5), TimeSpan.FromSeconds((minutes * 60) + 5));
            Assert.Equal(next.NotBefore, (await portal.Get<RunService>().GetAsync(tenant.Owner, next.Id, Ct)).Run.NotBefore);
            Assert.Null(await portal.ClaimAsync(Ct));
            Assert.Equal(0, await portal.Get<DashboardService>().CountWorkingAsync(tenant.Owner, Ct));
            await using var db = world.Database.CreateDbContext();
            await db.Database.ExecuteSqlAsync($"UPDATE runs SET NotBefore = UTC_TIMESTAMP(3) WHERE Id = {next.Id}", Ct);
            run = next.Id;
            await portal.WorkOffAsync(Ct);
        }

        Assert.Empty(await WaitingAsync(world));
    }

    [Fact]
    public async Task Change_WhileTheNextTryWaits_GoesAtOnceAndEndsTheTries()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = NotReached;
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await portal.WorkOffAsync(Ct);
        var waiting = Assert.Single(await WaitingAsync(world));

        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { applied = new[] { tenant.SiteId } });
        var change = await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct);
        Assert.Equal(waiting.Id, change.RunId);
        await portal.WorkOffAsync(Ct);
        Assert.Equal(RunState.Succeeded, (await portal.Get<RunService>().GetAsync(tenant.Owner, waiting.Id, Ct)).Run.State);
        Assert.Empty(await WaitingAsync(world));
    }

    private static IReadOnlyList<string> NotReached(ExecutorRun run) =>
        [.. PlayScript.Opening(run), .. run.Limit.Select(host => PlayScript.Result(1, host, "unreachable", "No route to host")), PlayScript.End(4)];

    private static async Task<List<Run>> WaitingAsync(World world)
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Runs.AsNoTracking().Where(r => r.State == RunState.Queued).ToListAsync(Ct);
    }
}
