using HostingPortal.Domain.Runs;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>Logs go when they are old, or when there are too many; runs stay.</summary>
public sealed class RetentionTests(MariaDbFixture server) : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private World world = null!;
    private Instance portal = null!;
    private Tenant tenant = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync(server, ct);
        portal = world.Start(settings: o => o.RunLogMegabytes = 1);
        tenant = await Tenant.CreateRunningAsync(portal, "acme", ct);
        await portal.WorkOffAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Tick_OldLogs_AreGoneAndSaySo_RunsAndYoungLogsStay()
    {
        var (old, young) = (await ConvergeAsync(), await ConvergeAsync());
        await using var db = world.Database.CreateDbContext();
        await db.Runs.Where(r => r.Id == old).ExecuteUpdateAsync(r => r.SetProperty(x => x.EndedAt, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-91)), ct);
        Assert.Equal(1, await portal.Get<RunLogRetention>().TickAsync(ct));
        Assert.Equal(0, await portal.Get<RunLogRetention>().TickAsync(ct));

        var lines = await portal.Get<RunLogService>().GetLinesAsync(tenant.Owner, old, 1, 10, ct);
        Assert.Contains("was deleted", Assert.Single(lines).Text, StringComparison.Ordinal);
        Assert.False(await db.RunTasks.AnyAsync(t => t.RunId == old, ct) || await db.RunDiffs.AnyAsync(d => d.RunId == old, ct));
        Assert.Equal(RunState.Succeeded, (await portal.Get<RunService>().GetAsync(tenant.Owner, old, ct)).Run.State);
        Assert.True(await db.Runs.AnyAsync(r => r.Id == young && r.EventCount > 1, ct));
    }

    [Fact]
    public async Task Tick_TooManyBytes_TheOldestGoUntilThereIsRoom()
    {
        var runs = new[] { await ConvergeAsync(), await ConvergeAsync(), await ConvergeAsync() };
        await using var db = world.Database.CreateDbContext();
        foreach (var run in runs)
        {
            db.RunLogChunks.Add(new RunLogChunk { RunId = run, SeqFrom = 9000, SeqTo = 9000, LineFrom = 9000, Lines = 0, Data = new byte[700_000] });
        }

        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlRawAsync("ANALYZE TABLE run_log_chunks", ct);
        await portal.Get<RunLogRetention>().TickAsync(ct);
        Assert.Equal([false, false, true], runs.Select(r => db.Runs.Any(x => x.Id == r && x.EventCount > 1)));
    }

    private async Task<long> ConvergeAsync()
    {
        var run = await portal.Get<HostingPortal.Domain.Nodes.NodeService>().ConvergeAsync(tenant.Owner, tenant.NodeId, ct);
        await portal.WorkOffAsync(ct);
        return run;
    }
}
