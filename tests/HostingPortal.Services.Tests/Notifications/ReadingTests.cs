using HostingPortal.Domain;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Notifications;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Xunit;

namespace HostingPortal.Services.Tests.Notifications;

/// <summary>What is unread is a person's own; what is seen follows the rights of every list.</summary>
public sealed class ReadingTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bell_ReadByOne_StaysUnreadForTheOther()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        await VerifyAsync(world, portal, tenant);
        var notifications = portal.Get<NotificationService>();
        Assert.Equal(2, (await notifications.GetBellAsync(tenant.Owner, Ct)).Unread);
        await notifications.MarkReadAsync(tenant.Owner, tenant.NotificationId, Ct);
        await notifications.MarkReadAsync(tenant.Owner, tenant.NotificationId, Ct);
        Assert.Equal((1, 2), ((await notifications.GetBellAsync(tenant.Owner, Ct)).Unread, (await notifications.GetBellAsync(tenant.Member, Ct)).Unread));
        Assert.Equal([true, false], (await notifications.ListAsync(tenant.Owner, new NotificationFilter(), new PageQuery(), Ct)).Items.OrderBy(n => n.Id).Select(n => n.Read));
        Assert.Single((await notifications.ListAsync(tenant.Owner, new NotificationFilter(Unread: true), new PageQuery(), Ct)).Items);
    }

    [Fact]
    public async Task MarkAll_ThenMoreHappens_OnlyThatIsUnread()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var bravo = await Tenant.CreateRunningAsync(portal, "bravo", Ct);
        var notifications = portal.Get<NotificationService>();
        await notifications.MarkAllReadAsync(tenant.Owner, Ct);
        Assert.Equal((0, 1), ((await notifications.GetBellAsync(tenant.Owner, Ct)).Unread, (await notifications.GetBellAsync(bravo.Owner, Ct)).Unread));
        await VerifyAsync(world, portal, tenant);
        var bell = await notifications.GetBellAsync(tenant.Owner, Ct);
        Assert.Equal((1, NotificationKind.NameVerified), (bell.Unread, bell.Latest[0].Kind));
    }

    /// <summary>Written by another instance: open pages here are told once.</summary>
    [Fact]
    public async Task News_OfAnotherInstance_AreToldOnce()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        await using var other = world.Start();
        var tenant = await Tenant.CreateRunningAsync(portal, "alfa", Ct);
        var heard = new List<FeedEntry>();
        using var subscription = other.Get<ChangeFeed>().Subscribe(tenant.Owner, heard.Add);
        await other.Get<NotificationNews>().LookAsync(Ct);
        heard.Clear();
        await VerifyAsync(world, portal, tenant);
        await other.Get<NotificationNews>().LookAsync(Ct);
        await other.Get<NotificationNews>().LookAsync(Ct);
        Assert.Equal("notification", Assert.Single(heard).Kind);
    }

    private static async Task VerifyAsync(World world, Instance portal, Tenant tenant)
    {
        var name = await portal.Get<NameService>().AddAsync(tenant.Owner, tenant.ClientId, "elsewhere.example", Ct);
        world.Outside.Texts[name.ProofRecord] = name.ProofToken;
        await portal.Get<NameService>().VerifyAsync(tenant.Owner, name.Id, Ct);
    }
}
