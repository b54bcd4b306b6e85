using HostingPortal.Domain;
using HostingPortal.Domain.Notifications;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Notifications;

/// <summary>Every message is sent, by one of any number of instances, and again under the same id where nobody can know.</summary>
public sealed class OutboxTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_WithFourInstances_AreSentOnceEach()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await AddAsync(world, tenant.ChannelIds, each: 10);
        var instances = Enumerable.Range(0, 4).Select(_ => world.Start()).ToList();
        await Task.WhenAll(instances.Select(SendAllAsync));
        Assert.Equal(30, world.Post.Posts.Count);
        Assert.Equal(30, world.Post.Posts.Select(p => p.Post.Id).Distinct().Count());
        await using var db = world.Database.CreateDbContext();
        Assert.True(await db.Outbox.AllAsync(m => m.State == OutboxState.Sent && m.Tries == 1, Ct));
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    /// <summary>Killed after the receiver took it and before that was written down: sent again, told apart by its id; the dead one's word counts no more.</summary>
    [Fact]
    public async Task Message_OfASenderThatDied_IsSentAgainUnderTheSameId()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await AddAsync(world, tenant.ChannelIds.Take(1), each: 1);
        var first = (await portal.Get<Outbox>().ClaimAsync(Ct))!;
        await portal.Get<Delivery>().SendAsync(first, Ct);
        await using var other = world.Start();
        Assert.False(await other.Get<OutboxSender>().SendOneAsync(Ct));
        await using var db = world.Database.CreateDbContext();
        await db.Database.ExecuteSqlAsync($"UPDATE outbox SET LeaseUntil = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND", Ct);
        Assert.True(await other.Get<OutboxSender>().SendOneAsync(Ct));
        var posts = world.Post.Posts.ToList();
        Assert.Equal(2, posts.Count);
        Assert.Equal((posts[0].Post.Id, posts[0].Post.Body), (posts[1].Post.Id, posts[1].Post.Body));
        Assert.False(await portal.Get<Outbox>().EndAsync(first, new OutsideException("webhook.status", "late", transient: true), Ct));
        Assert.Equal(OutboxState.Sent, (await db.Outbox.AsNoTracking().SingleAsync(Ct)).State);
    }

    [Fact]
    public async Task Message_RefusedForAPassingReason_IsTriedLaterAndGivenUpAtLast()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await AddAsync(world, tenant.ChannelIds.Take(1), each: 1);
        world.Post.Refusal = new OutsideException("webhook.status", "HTTP 500", transient: true);
        await using var db = world.Database.CreateDbContext();
        var pauses = new List<double>();
        while (await portal.Get<OutboxSender>().SendOneAsync(Ct))
        {
            pauses.Add((await db.Database.SqlQuery<int>($"SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), NextAt) + 1 AS Value FROM outbox").ToListAsync(Ct))[0]);
            Assert.False(await portal.Get<OutboxSender>().SendOneAsync(Ct));
            await db.Database.ExecuteSqlAsync($"UPDATE outbox SET NextAt = UTC_TIMESTAMP(3)", Ct);
        }

        Assert.Equal(7, pauses.Count);
        Assert.All([(pauses[0], 30.0), (pauses[1], 120), (pauses[2], 600), (pauses[5], 43_200)], p => Assert.InRange(p.Item1, p.Item2 - 5, p.Item2 + 1));
        Assert.Equal(OutboxState.GivenUp, (await db.Outbox.AsNoTracking().SingleAsync(Ct)).State);
        var channel = await portal.Get<ChannelService>().GetAsync(tenant.Owner, tenant.ChannelIds[0], Ct);
        Assert.Equal((false, "webhook.status", "HTTP 500"), (channel.LastOk, channel.LastReason, channel.LastDetail));
    }

    [Fact]
    public async Task Message_RefusedForGood_IsNotTriedAgain()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await AddAsync(world, tenant.ChannelIds.Take(1), each: 1);
        world.Post.Refusal = new OutsideException("webhook.address", "inside");
        Assert.True(await portal.Get<OutboxSender>().SendOneAsync(Ct));
        await using var db = world.Database.CreateDbContext();
        Assert.Equal((OutboxState.GivenUp, 1), await db.Outbox.Select(m => ValueTuple.Create(m.State, m.Tries)).SingleAsync(Ct));
    }

    /// <summary>A receiver that hangs holds one message of its own channel, and nobody else's.</summary>
    [Fact]
    public async Task Claim_ChannelWithOneUnderWay_GivesTheOthers()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await AddAsync(world, tenant.ChannelIds, each: 3);
        var taken = new List<string>();
        while (await portal.Get<Outbox>().ClaimAsync(Ct) is { } message)
        {
            taken.Add(message.ChannelId);
        }

        Assert.Equal(tenant.ChannelIds.Order(), taken.Order());
    }

    /// <summary>The example of standardwebhooks.com's reference implementation.</summary>
    [Fact]
    public void Sign_KnownExample_MatchesTheStandard() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        Delivery.Sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));

    private static async Task SendAllAsync(Instance instance)
    {
        var idle = 0;
        while (idle < 20)
        {
            idle = await instance.Get<OutboxSender>().SendOneAsync(Ct) ? 0 : idle + 1;
        }
    }

    private static async Task AddAsync(World world, IEnumerable<string> channels, int each)
    {
        await using var db = world.Database.CreateDbContext();
        db.Outbox.AddRange(channels.SelectMany(c => Enumerable.Range(0, each).Select(_ => new OutboxMessage
        {
            Id = Ids.New("m", TimeProvider.System), ChannelId = c, State = OutboxState.Waiting, NextAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch,
        })));
        await db.SaveChangesAsync(Ct);
    }
}
