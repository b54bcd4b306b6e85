using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>
/// Stops the owner of a converge and of a decommission at every call of every port, lets a second instance bring the run to its end, and then wakes the first:
/// nothing is done twice, nothing is lost, and what counts as applied is what was committed.
/// </summary>
public sealed class TakeOverTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Converge_OwnerStopsAtAnyCall_AppliedIsWhatWasCommitted()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Reports(run, "portal_sites", new { applied = new[] { tenant.SiteId } });
        var points = await PointsAsync(world, () => ChangeAsync(portal, tenant, "first"));
        Assert.Contains("store.Commit:after", points);
        Assert.Contains("executor.Clean:before", points);
        Assert.Contains("cloud.SetAddressRecords:before", points);
        for (var stop = 0; stop < points.Count; stop++)
        {
            await ConvergeAtAsync(world, portal, tenant, stop, points[stop]);
        }
    }

    private static async Task ConvergeAtAsync(World world, Instance portal, Tenant tenant, int stop, string point)
    {
        await using var first = world.Start(new CallGate { StopAt = stop });
        await using var second = world.Start();
        var runId = await ChangeAsync(portal, tenant, $"at{stop}");
        var hanging = await HangAsync(world, first, runId);
        await ChangeAsync(portal, tenant, $"later{stop}");
        var starts = world.Executor.Started.Count;
        await TakeOverAsync(second, runId);
        var log = await LogAsync(second, runId);
        first.Gate.Resume();
        await hanging;

        Assert.Equal(log, await LogAsync(second, runId));
        var detail = await second.Get<RunService>().GetAsync(Tenant.Admin, runId, Ct);
        Assert.True(detail.Run.State == RunState.Succeeded && detail.Steps.All(s => s.State == StepState.Done), $"{point}: {detail.Run.State} {detail.Run.Reason} {detail.Run.ReasonDetail}");
        Assert.True(world.Executor.Started.Count - starts <= 1 && world.Executor.Started.Count(s => s.Key == world.Executor.Started[^1].Key) == 1, point);
        await using var db = world.Database.CreateDbContext();
        var committed = world.Inventory.Commits[tenant.ProjectId].First(c => c.Id == detail.Run.InventoryCommit).Tree.Files[$"host_vars/{tenant.NodeId}/sites.yml"];
        var site = await db.Sites.AsNoTracking().FirstAsync(s => s.Id == tenant.SiteId, Ct);
        var revision = await db.RunNodes.Where(n => n.RunId == runId).Select(n => n.Revision).FirstAsync(Ct);
        Assert.Equal((revision, revision), (site.AppliedRevision, await db.Nodes.Where(n => n.Id == tenant.NodeId).Select(n => n.AppliedRevision).FirstAsync(Ct)));
        Assert.True(committed.Contains($"later{stop}.", StringComparison.Ordinal) == (site.AppliedRevision == site.DesiredRevision), $"{point}: {revision}");
        await second.WorkOffAsync(Ct);
        Assert.True((await second.Get<SiteQueries>().GetAsync(tenant.Owner, tenant.SiteId, Ct)).InStep, point);
    }

    [Fact]
    public async Task Decommission_OwnerStopsAtAnyCall_DeletedOnceAndForgotten()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var points = await PointsAsync(world, async () => await RemoveAsync(portal, tenant, "first"));
        Assert.Contains("cloud.DeleteServer:after", points);
        Assert.Contains("cloud.DeleteSshKey:before", points);
        for (var stop = 0; stop < points.Count; stop++)
        {
            await using var first = world.Start(new CallGate { StopAt = stop });
            await using var second = world.Start();
            var runId = await RemoveAsync(portal, tenant, $"at{stop}");
            var hanging = await HangAsync(world, first, runId);
            await TakeOverAsync(second, runId);
            first.Gate.Resume();
            await hanging;

            var detail = await second.Get<RunService>().GetAsync(tenant.Owner, runId, Ct);
            Assert.True(detail.Run.State == RunState.Succeeded && detail.Steps.All(s => s.State == StepState.Done), $"{points[stop]}: {detail.Run.State} {detail.Run.Reason}");
            Assert.Empty(world.Cloud.Servers);
            Assert.Equal(NodeState.Removed, await StateAsync(world, detail.Run.Nodes[0].NodeId));
        }
    }

    /// <summary>The node announced its next key, then its play went on without end and the portal with it died: the key is pinned all the same.</summary>
    [Fact]
    public async Task HostKey_AnnouncedInAPlayThatGoesOn_IsPinnedBesideTheOld()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        const string Next = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINextNextNextNextNextNextNextNextNextNextNext";
        world.Executor.Script = PlayScript.Opening;
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await portal.ClaimAsync(Ct))!;
        var events = portal.Get<RunFeed>().Subscribe(run.Id);
        var working = portal.WorkAsync(run);
        await SeenAsync(events, e => e.Kind == "task");
        world.Executor.Write(run.Key, PlayScript.Result(1, tenant.NodeId, "changed", data: new { portal_next_host_key = Next + " root@web" }));
        await SeenAsync(events, e => e.Word("st") == "changed");

        // Batches are dealt with in order: the second is stored only after the first was.
        world.Executor.Write(run.Key, PlayScript.Result(1, tenant.NodeId, "ok", "second"));
        await SeenAsync(events, e => e.Word("msg") == "second");
        await portal.StopAsync();
        await working;
        await using var db = world.Database.CreateDbContext();
        var node = await db.Nodes.AsNoTracking().FirstAsync(n => n.Id == tenant.NodeId, Ct);
        Assert.Equal(Next, node.NextHostKey);
        Assert.NotEqual(Next, node.HostKey);
    }

    private static async Task SeenAsync(RunSubscription events, Func<RunEvent, bool> wanted)
    {
        while (!(await events.Batches.ReadAsync(Ct)).Events.Any(wanted))
        {
        }
    }

    private static async Task<IReadOnlyList<string>> PointsAsync(World world, Func<Task<long>> queue)
    {
        await using var probe = world.Start();
        await queue();
        await probe.WorkOffAsync(Ct);
        return probe.Gate.Passed;
    }

    private static async Task<long> ChangeAsync(Instance portal, Tenant tenant, string name) => (await portal.Get<SiteService>()
        .ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite([tenant.MainName, $"{name}.alfa.example"]), Ct)).RunId;

    private static async Task<long> RemoveAsync(Instance portal, Tenant tenant, string name)
    {
        var (nodeId, _) = await tenant.OrderNodeAsync(tenant.ProjectId, name, Ct);
        await portal.WorkOffAsync(Ct);
        return await portal.Get<NodeService>().DecommissionAsync(tenant.Owner, nodeId, $"alfa-{name}", Ct);
    }

    private static async Task<Task> HangAsync(World world, Instance first, long runId)
    {
        var run = await first.ClaimAsync(Ct);
        Assert.Equal(runId, run!.Id);
        var hanging = first.WorkAsync(run);
        await first.Gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await first.Timers.Waits;
        await Leases.ExpireAsync(world, runId, Ct);
        return hanging;
    }

    private static async Task TakeOverAsync(Instance second, long runId)
    {
        var taken = await second.ClaimAsync(Ct);
        Assert.Equal(runId, taken!.Id);
        await second.WorkAsync(taken);
    }

    private static async Task<NodeState> StateAsync(World world, string nodeId)
    {
        await using var db = world.Database.CreateDbContext();
        return await db.Nodes.Where(n => n.Id == nodeId).Select(n => n.State).FirstAsync(Ct);
    }

    private static async Task<IReadOnlyList<string>> LogAsync(Instance portal, long runId)
    {
        var lines = await portal.Get<RunLogService>().GetLinesAsync(Tenant.Admin, runId, 1, 5000, Ct);
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(l => l.Number));
        Assert.Single(lines, l => l.Kind == "task");
        Assert.Single(lines, l => l.Kind == "end");
        return lines.Select(l => l.Text).ToList();
    }
}
