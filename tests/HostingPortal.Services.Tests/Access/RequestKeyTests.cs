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
        var keys = portal.Get<RequestKeys>();
        Assert.Null(await keys.BeginAsync(User, Key, "content", Ct));
        await AgeAsync(contexts);
        await keys.HoldAsync(User, Key, Ct);
        var underWay = await keys.BeginAsync(User, Key, "content", Ct);
        Assert.NotNull(underWay);
        Assert.Null(underWay.Status);

        // Nobody holds it any more: the next one goes on in its place.
        await AgeAsync(contexts);
        Assert.Null(await keys.BeginAsync(User, Key, "content", Ct));
    }

    private static async Task AgeAsync(IDbContextFactory<PortalDbContext> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlAsync($"UPDATE request_keys SET CreatedAt = CreatedAt - INTERVAL {RequestKeys.LeaseSeconds * 2} SECOND", Ct);
    }
}
