using System.Net.Sockets;
using HostingPortal.Domain;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>A bad line to the executor ends no run whose play goes on, and what is written beside the log holds no secret.</summary>
public sealed class LostConnectionTests(MariaDbFixture server)
{
    private const int Results = 500;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Converge_ConnectionLostMoreOftenThanWouldBeTried_EndsWithItsWholeLog()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        world.Executor.Script = run =>
            [.. PlayScript.Opening(run), .. Enumerable.Range(1, Results).Select(n => PlayScript.Result(1, run.Limit[0], "ok", $"part {n}")), PlayScript.End(0)];
        world.Executor.BytesPerConnection = 400;
        portal.Timers.PausesPass = true;

        var starts = world.Executor.Started.Count;
        var runId = await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        await portal.WorkAsync((await portal.ClaimAsync(Ct))!);

        var ended = (await portal.Get<RunService>().GetAsync(Tenant.Admin, runId, Ct)).Run;
        Assert.Equal((RunState.Succeeded, (string?)null), (ended.State, ended.Reason));
        Assert.Equal(1, world.Executor.Started.Count - starts);
        var lines = await portal.Get<RunLogService>().GetLinesAsync(Tenant.Admin, runId, 1, 5000, Ct);
        Assert.True(lines.Count(l => l.Text.Contains("connection to the executor lost", StringComparison.Ordinal)) > 60);
        Assert.Equal(
            Enumerable.Range(1, Results).Select(n => $"part {n}"),
            lines.Where(l => l.Text.Contains("part ", StringComparison.Ordinal)).Select(l => l.Text[l.Text.IndexOf("part ", StringComparison.Ordinal)..].Trim()));
    }

    /// <summary>As MySqlConnector lets it out when MariaDB dies while a command is sent.</summary>
    [Fact]
    public async Task Converge_SocketOfTheDatabaseBreaks_GoesOnElsewhere()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await using var broken = world.Start(new CallGate { Fault = ("executor.Follow:bytes", new SocketException((int)SocketError.ConnectionReset)) });
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await broken.ClaimAsync(Ct))!;
        await Assert.ThrowsAsync<SocketException>(() => broken.WorkAsync(run));
        await GoesOnAsync(world, portal, run.Id);
    }

    [Fact]
    public async Task Converge_FailsWhileThePortalStops_GoesOnElsewhere()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await using var stopping = world.Start(new CallGate { Fault = ("executor.Follow:bytes", new OutsideException("executor.failed", "the connection went with the portal")) });
        await portal.Get<NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, Ct);
        var run = (await stopping.ClaimAsync(Ct))!;
        world.Executor.Script = started =>
        {
            _ = stopping.StopAsync();
            return PlayScript.Succeeds(started);
        };
        await stopping.WorkAsync(run);
        await GoesOnAsync(world, portal, run.Id);
    }

    private static async Task GoesOnAsync(World world, Instance portal, long runId)
    {
        Assert.Equal(RunState.Running, (await portal.Get<RunService>().GetAsync(Tenant.Admin, runId, Ct)).Run.State);
        await Leases.ExpireAsync(world, runId, Ct);
        await portal.WorkAsync((await portal.ClaimAsync(Ct))!);
        var ended = (await portal.Get<RunService>().GetAsync(Tenant.Admin, runId, Ct)).Run;
        Assert.Equal((RunState.Succeeded, (string?)null), (ended.State, ended.Reason));
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
}
