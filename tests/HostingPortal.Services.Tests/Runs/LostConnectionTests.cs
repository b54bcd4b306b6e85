using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Fakes;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>A bad line to the executor ends no run whose play goes on.</summary>
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
}
