using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Access;

/// <summary>A request is one operation, also when its portal dies in the middle or takes long.</summary>
public sealed class RequestKeyTests(MariaDbFixture server)
{
    private const string User = "u-0000000000000001", Key = "one";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begin_WhoseFirstIsStillHeld_IsUnderWayHoweverLongItTakes()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var contexts = portal.Get<IDbContextFactory<PortalDbContext>>();
        var keys = new RequestKeys(contexts, new Hurried());
        Assert.Null(await keys.BeginAsync(User, Key, "content", Ct));
        await AgeAsync(contexts);
        using var over = new CancellationTokenSource();
        var held = keys.HoldAsync(User, Key, over.Token);
        while (await IsOldAsync(contexts))
        {
            Assert.False(held.IsCompleted);
        }

        Assert.Null((await keys.BeginAsync(User, Key, "content", Ct))!.Status);
        await over.CancelAsync();
        await held;

        // Nobody holds it any more: the next one goes on in its place.
        await AgeAsync(contexts);
        Assert.Null(await keys.BeginAsync(User, Key, "content", Ct));
    }

    private static async Task<bool> IsOldAsync(IDbContextFactory<PortalDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Ct);
        var now = (await db.Database.SqlQuery<DateTime>($"SELECT UTC_TIMESTAMP(3) AS Value").ToListAsync(Ct))[0];
        return await db.RequestKeys.AnyAsync(k => k.CreatedAt < now.AddSeconds(-RequestKeys.LeaseSeconds), Ct);
    }

    private static async Task AgeAsync(IDbContextFactory<PortalDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlAsync($"UPDATE request_keys SET CreatedAt = CreatedAt - INTERVAL {RequestKeys.LeaseSeconds * 2} SECOND", Ct);
    }

    /// <summary>Waits a hundredth of what it is told.</summary>
    private sealed class Hurried : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime / 100, period);
    }
}
