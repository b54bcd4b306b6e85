using HostingPortal.Domain;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>A live stream lasts as long as the right to read the run.</summary>
public sealed class FollowTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_RightGone_EndsWithinAMinuteLikeAnUnknownRun()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await using (var db = world.Database.CreateDbContext())
        {
            await db.Runs.Where(r => r.Id == tenant.RunId).ExecuteUpdateAsync(r => r.SetProperty(x => x.State, RunState.Running), Ct);
        }

        var clock = new Hurried();
        var log = new RunLogService(world.Database, portal.Get<RunFeed>(), clock);
        var asked = 0;
        var seqs = new List<int>();
        await Assert.ThrowsAsync<NotFoundException>(async () =>
        {
            await foreach (var e in log.FollowAsync(tenant.Member, _ => Task.FromResult(++asked < 3 ? tenant.Member : null), tenant.RunId, 0, Ct))
            {
                seqs.Add(e.Seq);
            }
        });
        Assert.Equal(3, asked);
        Assert.Equal(Enumerable.Range(1, seqs.Count), seqs);
        Assert.All(clock.Asked, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
    }

    /// <summary>Timers are over at once; how long they should have lasted is kept.</summary>
    private sealed class Hurried : TimeProvider
    {
        public List<TimeSpan> Asked { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
