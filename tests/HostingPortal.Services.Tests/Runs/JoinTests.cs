using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Sites;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>At most one queued converge per node: what comes later joins it and is named.</summary>
public sealed class JoinTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Converge_WhileOneIsQueued_JoinsItAndMakesItWhole()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var change = await portal.Get<SiteService>().ChangeAsync(tenant.Member, tenant.SiteId, new ChangeSite(), Ct);
        var joined = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var again = await portal.Get<SiteService>().RetryAsync(tenant.Owner, tenant.SiteId, Ct);
        Assert.Equal((change.RunId, change.RunId), (joined, again.RunId));

        var detail = await portal.Get<RunService>().GetAsync(tenant.Owner, joined, Ct);
        Assert.Equal([RunWish.Change, RunWish.Converge, RunWish.Retry], detail.Requests.Select(r => r.Wish));
        Assert.Equal([tenant.Member.Name, tenant.Owner.Name, tenant.Owner.Name], detail.Requests.Select(r => r.By));
        Assert.Single(detail.Changes);
        await portal.WorkOffAsync(Ct);
        Assert.Equal("converge-nodes", world.Executor.Started[^1].Playbook);
    }

    [Fact]
    public async Task Converge_ManyAtOnce_OneQueuedRun()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        async Task<long> ChangeAsync() => (await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite(), Ct)).RunId;
        var runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 2 == 0
            ? portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct)
            : ChangeAsync()));
        Assert.Single(runs.Distinct());
        Assert.NotNull(await portal.ClaimAsync(Ct));
        Assert.NotEqual(runs[0], await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct));
    }

    [Fact]
    public async Task ConvergeAll_OneNodeQueuedAlready_JoinsThatAndTakesTheOthersTogether()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var others = new[] { (await tenant.OrderNodeAsync(tenant.ProjectId, "b", Ct)).NodeId, (await tenant.OrderNodeAsync(tenant.ProjectId, "c", Ct)).NodeId };
        await portal.WorkOffAsync(Ct);
        var queued = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var runs = await portal.Get<NodeService>().ConvergeAllAsync(tenant.Owner, tenant.ProjectId, Ct);
        Assert.Equal(2, runs.Count);
        Assert.Equal(queued, runs[0]);
        var second = (await portal.Get<RunService>().GetAsync(tenant.Owner, runs[1], Ct)).Run;
        Assert.Equal(others.Order(), second.Nodes.Select(n => n.NodeId).Order());
    }

    [Fact]
    public async Task RetryFailed_OneNodeOfThree_TakesItAlone()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await tenant.OrderNodeAsync(tenant.ProjectId, "b", Ct);
        await tenant.OrderNodeAsync(tenant.ProjectId, "c", Ct);
        await portal.WorkOffAsync(Ct);
        world.Executor.Script = run =>
            [.. PlayScript.Opening(run), .. run.Limit.Select(h => PlayScript.Result(1, h, h == tenant.NodeId ? "failed" : "ok", "boom")), PlayScript.End(2)];
        var runId = (await portal.Get<NodeService>().ConvergeAllAsync(tenant.Owner, tenant.ProjectId, Ct))[^1];
        await portal.WorkOffAsync(Ct);
        Assert.Equal(RunState.PartlyFailed, (await portal.Get<RunService>().GetAsync(tenant.Owner, runId, Ct)).Run.State);

        world.Executor.Script = run => PlayScript.Succeeds(run);
        var retry = await portal.Get<RunAgainService>().RetryFailedAsync(Tenant.Support, runId, Ct);
        await portal.WorkOffAsync(Ct);
        var run = (await portal.Get<RunService>().GetAsync(tenant.Owner, retry, Ct)).Run;
        Assert.Equal((RunState.Succeeded, runId), (run.State, run.RetryOf));
        Assert.Equal([tenant.NodeId], world.Executor.Started[^1].Limit);
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<RunAgainService>().RetryFailedAsync(tenant.Owner, retry, Ct));
        Assert.Equal("Run.NothingFailed", refused.Code);
    }

    [Fact]
    public async Task Repeat_SameCommits_PlaysThemAgainUnlessSomethingNewerWasApplied()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var first = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await portal.WorkOffAsync(Ct);
        var change = await portal.Get<SiteService>().ChangeAsync(tenant.Owner, tenant.SiteId, new ChangeSite([tenant.MainName, "b.alfa.example"]), Ct);
        await portal.Get<RunService>().CancelAsync(tenant.Owner, change.RunId, Ct);

        var before = await portal.Get<RunService>().GetAsync(Tenant.Admin, first, Ct);
        var again = await portal.Get<RunAgainService>().RepeatAsync(tenant.Owner, first, Ct);
        await portal.WorkOffAsync(Ct);
        var repeated = await portal.Get<RunService>().GetAsync(Tenant.Admin, again, Ct);
        Assert.Equal((RunState.Succeeded, before.Run.InventoryCommit, before.Run.ContentVersion), (repeated.Run.State, repeated.Run.InventoryCommit, repeated.Run.ContentVersion));
        Assert.Equal(before.Run.InventoryCommit, world.Executor.Started[^1].Commit);
        Assert.DoesNotContain(repeated.Steps, s => s.Name == "commit");
        Assert.False((await portal.Get<NodeQueries>().GetAsync(tenant.Owner, tenant.NodeId, Ct)).InStep);

        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await portal.WorkOffAsync(Ct);
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<RunAgainService>().RepeatAsync(tenant.Owner, first, Ct));
        Assert.Equal("Run.CommitOlder", refused.Code);
    }

    [Fact]
    public async Task Check_OfAConverge_SaysWhatItWouldChangeAndChangesNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var converge = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await portal.WorkOffAsync(Ct);
        var check = await portal.Get<RunAgainService>().CheckAsync(tenant.Owner, converge, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.True(world.Executor.Started[^1].Check);
        Assert.Equal(RunKind.Check, (await portal.Get<RunService>().GetAsync(tenant.Owner, check, Ct)).Run.Kind);
        Assert.Equal(NodeState.Drift, (await portal.Get<NodeQueries>().GetAsync(tenant.Owner, tenant.NodeId, Ct)).State);
    }
}
