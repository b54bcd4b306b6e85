using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>Stopping runs and repeating them, and what a failure leaves behind.</summary>
public sealed class CancelAndRetryTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_QueuedRun_EndsAtOnceAndIsNotClaimed()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (_, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await portal.Get<RunService>().CancelAsync(tenant.Owner, runId, Ct);

        Assert.Equal(RunState.Canceled, (await portal.Get<RunService>().GetAsync(tenant.Owner, runId, Ct)).Run.State);
        Assert.Null(await portal.ClaimAsync(Ct));
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<RunService>().CancelAsync(tenant.Owner, runId, Ct));
        Assert.Equal("Run.Ended", refused.Code);
        Assert.Empty(world.Cloud.Calls);
    }

    /// <summary>The instance that works on the run hears of the wish with its next heartbeat: here a new owner reads it at once.</summary>
    [Fact]
    public async Task Cancel_WhileThePlayRuns_StopsItAndSaysSoEverywhere()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = PlayScript.Opening;
        var runId = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await portal.ClaimAsync(Ct))!;
        await portal.Get<RunService>().CancelAsync(tenant.Member, runId, Ct);
        await portal.WorkAsync(run);

        var detail = await portal.Get<RunService>().GetAsync(tenant.Owner, runId, Ct);
        Assert.Equal((RunState.Canceled, "run.canceled"), (detail.Run.State, detail.Run.Reason));
        Assert.DoesNotContain(detail.Steps, s => s.State == StepState.Running);
        Assert.Null((await portal.Get<NodeQueries>().GetAsync(tenant.Owner, tenant.NodeId, Ct)).WorkingRunId);
        await Assert.ThrowsAsync<RuleViolationException>(() => portal.Get<RunService>().CancelAsync(tenant.Owner, runId, Ct));
    }

    [Fact]
    public async Task Play_SilentBeyondItsLimit_IsStoppedAndSaysWhy()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = PlayScript.Opening;
        var runId = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await portal.ClaimAsync(Ct))!;
        using var seen = portal.Get<RunFeed>().Subscribe(runId);
        var working = portal.WorkAsync(run);
        while ((await seen.Batches.ReadAsync(Ct)).Events.All(e => e.Kind != "task"))
        {
        }

        portal.Timers.PassLimits();
        await working;
        var detail = await portal.Get<RunService>().GetAsync(tenant.Owner, runId, Ct);
        Assert.Equal((RunState.Failed, "run.idle"), (detail.Run.State, detail.Run.Reason));
        Assert.Null((await portal.Get<NodeQueries>().GetAsync(tenant.Owner, tenant.NodeId, Ct)).WorkingRunId);
    }

    [Fact]
    public async Task Fail_ServerSoldOut_NodeNeedsDecisionAndRetryGoesOn()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (nodeId, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        world.Cloud.Fails = (nameof(IServerCloud.CreateServerAsync)[..^5], new OutsideException("hetzner.resource_unavailable", "none left"));
        await portal.WorkOffAsync(Ct);

        var failed = await portal.Get<RunService>().GetAsync(tenant.Owner, runId, Ct);
        Assert.Equal((RunState.Failed, "hetzner.resource_unavailable"), (failed.Run.State, failed.Run.Reason));
        Assert.Equal(("order", StepState.Failed), (failed.Steps[^1].Name, failed.Steps[^1].State));
        var node = await portal.Get<NodeQueries>().GetAsync(tenant.Owner, nodeId, Ct);
        Assert.Equal((NodeState.NeedsDecision, "hetzner.resource_unavailable"), (node.State, node.StateReason));

        var retry = await portal.Get<RunService>().RetryAsync(Tenant.Support, runId, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal(RunState.Succeeded, (await portal.Get<RunService>().GetAsync(tenant.Owner, retry, Ct)).Run.State);
        Assert.Equal(NodeState.Ready, (await portal.Get<NodeQueries>().GetAsync(tenant.Owner, nodeId, Ct)).State);
        Assert.Single(world.Cloud.Servers);
    }

    [Fact]
    public async Task Fail_AnswerThatNamesASecret_IsStoredWithoutIt()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (_, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        var run = (await portal.ClaimAsync(Ct))!;
        var secret = (await portal.Get<RunServices>().SecretsAsync(run, Ct))[0].Reveal();
        world.Cloud.Fails = ("CreateServer", new OutsideException("hetzner.invalid_input", $"the header 'Bearer {secret}' was refused"));
        await portal.WorkAsync(run);

        var failed = await portal.Get<RunService>().GetAsync(Tenant.Admin, runId, Ct);
        Assert.Equal((RunState.Failed, "hetzner.invalid_input"), (failed.Run.State, failed.Run.Reason));
        Assert.Contains("•••", failed.Run.ReasonDetail, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, failed.Run.ReasonDetail, StringComparison.Ordinal);
        Assert.DoesNotContain(failed.Steps, s => s.Detail?.Contains(secret, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Fail_PlayOfANewNode_NeedsDecisionWithTheTaskNamed()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        world.Executor.Script = run => PlayScript.Fails(run, "no space left");
        var (nodeId, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await portal.WorkOffAsync(Ct);

        var run = (await portal.Get<RunService>().GetAsync(tenant.Owner, runId, Ct)).Run;
        Assert.Equal((RunState.Failed, "run.task-failed", "sites : Install sites: no space left"), (run.State, run.Reason, run.ReasonDetail));
        Assert.Equal(NodeState.NeedsDecision, (await portal.Get<NodeQueries>().GetAsync(tenant.Owner, nodeId, Ct)).State);
    }

    [Fact]
    public async Task Decommission_ThenRetryOfTheOrder_BuysNothing()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (nodeId, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await portal.WorkOffAsync(Ct);
        await portal.Get<NodeService>().DecommissionAsync(tenant.Owner, nodeId, "alfa-web", Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Empty(world.Cloud.Servers);
        Assert.Equal(["delete-firewall", "delete-ssh-key"], world.Cloud.Calls.TakeLast(2));

        var retry = await portal.Get<RunService>().RetryAsync(tenant.Owner, runId, Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Equal("node.removed", (await portal.Get<RunService>().GetAsync(tenant.Owner, retry, Ct)).Run.Reason);
        Assert.Empty(world.Cloud.Servers);
    }

    [Fact]
    public async Task Decommission_ServerWhoseIdWasNeverStored_IsFoundAndDeleted()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var (nodeId, runId) = await tenant.OrderNodeAsync(tenant.ProjectId, "web", Ct);
        await portal.Get<RunService>().CancelAsync(tenant.Owner, runId, Ct);
        world.Cloud.FindOrCreate(new CloudServerOrder(
            "web", "cx23", "fsn1", "debian-13", [], [], "", new CloudLabels("portal", nodeId, "r-1", tenant.ClientId, tenant.ProjectId), true, true, []));
        await portal.Get<NodeService>().DecommissionAsync(tenant.Owner, nodeId, "alfa-web", Ct);
        await portal.WorkOffAsync(Ct);
        Assert.Empty(world.Cloud.Servers);
    }
}
