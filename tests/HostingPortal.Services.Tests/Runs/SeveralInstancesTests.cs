using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>What a viewer at one instance sees of another's work; the database is all they share.</summary>
public sealed class SeveralInstancesTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_RunOfAnotherInstance_EveryEventOnceAndInOrder()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var worker = world.Start();
        await using var viewer = world.Start();
        var tenant = await Tenant.CreateRunningAsync(worker, "alfa", Ct);
        world.Executor.Script = PlayScript.Opening;
        await worker.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await worker.ClaimAsync(Ct))!;
        var seen = new List<RunEvent>();
        var following = Task.Run(
            async () =>
            {
                await foreach (var e in viewer.Get<RunLogService>().FollowAsync(tenant.Owner, _ => Task.FromResult<Domain.Security.Actor?>(tenant.Owner), run.Id, 0, Ct))
                {
                    lock (seen)
                    {
                        seen.Add(e);
                    }
                }
            },
            Ct);
        using var own = worker.Get<RunFeed>().Subscribe(run.Id);
        var working = worker.WorkAsync(run);
        while ((await own.Batches.ReadAsync(Ct)).Events.All(e => e.Kind != "task"))
        {
        }

        for (var i = 0; i < 30; i++)
        {
            world.Executor.Write(run.Key, PlayScript.Result(1, tenant.NodeId, "ok", $"line {i}"));
            await viewer.Get<RemoteRuns>().LookAsync(Ct);
        }

        world.Executor.Write(run.Key, PlayScript.End(0));
        await working;
        while (!following.IsCompleted)
        {
            await viewer.Get<RemoteRuns>().LookAsync(Ct);
        }

        await following;
        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(e => e.Seq));
        Assert.Equal(30, seen.Count(e => e.Word("msg")?.StartsWith("line ", StringComparison.Ordinal) == true));
        Assert.Contains(seen, e => e.Kind == "end");
    }

    [Fact]
    public async Task News_OfAnotherInstance_ReachThePagesOfItsClientAlone()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var worker = world.Start();
        await using var viewer = world.Start();
        var alfa = await Tenant.CreateRunningAsync(worker, "alfa", Ct);
        var bravo = await Tenant.CreateRunningAsync(worker, "bravo", Ct);
        var (mine, theirs) = (new List<FeedEntry>(), new List<FeedEntry>());
        using var one = viewer.Get<ChangeFeed>().Subscribe(alfa.Owner, mine.Add);
        using var two = viewer.Get<ChangeFeed>().Subscribe(bravo.Owner, theirs.Add);
        await viewer.Get<RemoteNews>().LookAsync(Ct);
        mine.Clear();
        theirs.Clear();
        var started = await worker.Get<SiteService>().ChangeAsync(alfa.Owner, alfa.SiteId, new ChangeSite(), Ct);
        await worker.WorkOffAsync(Ct);
        await viewer.Get<RemoteNews>().LookAsync(Ct);
        Assert.Contains(mine, e => e is { Kind: "site" } && e.Id == alfa.SiteId && e.ProjectId == alfa.ProjectId);
        Assert.Contains(mine, e => e is { Kind: "run" } && e.Id == $"{started.RunId}");
        Assert.Contains(mine, e => e is { Kind: "node" } && e.Id == alfa.NodeId);
        Assert.Empty(theirs);
    }

    /// <summary>An instance that stops hands its run over: the other one need not wait for the lease.</summary>
    [Fact]
    public async Task Stop_WhileAPlayRuns_TheOtherGoesOnAtOnce()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var first = world.Start();
        await using var second = world.Start();
        var tenant = await Tenant.CreateRunningAsync(first, "alfa", Ct);
        world.Executor.Script = PlayScript.Opening;
        var runId = await first.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await first.ClaimAsync(Ct))!;
        var events = first.Get<RunFeed>().Subscribe(runId);
        var working = first.WorkAsync(run);
        while ((await events.Batches.ReadAsync(Ct)).Events.All(e => e.Kind != "task"))
        {
        }

        await first.StopAsync();
        await working.WaitAsync(TimeSpan.FromSeconds(20), Ct);
        var taken = await SoonAsync(() => second.ClaimAsync(Ct));
        Assert.Equal((runId, run.Epoch + 1), (taken.Id, taken.Epoch));
        world.Executor.Write(run.Key, PlayScript.Result(1, tenant.NodeId, "ok"), PlayScript.End(0));
        await second.WorkAsync(taken);
        Assert.Equal(RunState.Succeeded, (await second.Get<RunService>().GetAsync(tenant.Owner, runId, Ct)).Run.State);
        Assert.Single(world.Executor.Started, s => s.Key == run.Key);
    }

    /// <summary>Long before the lease is over. At the very moment the row may still be locked by what the other one broke off, and is passed over.</summary>
    private static async Task<Run> SoonAsync(Func<Task<Run?>> claim)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(RunClaims.Lease / 3);
        while (true)
        {
            if (await claim() is { } run)
            {
                return run;
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
