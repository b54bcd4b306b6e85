using HostingPortal.Domain;
using HostingPortal.Domain.Notifications;
using HostingPortal.Testing;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HostingPortal.Services.Tests.Notifications;

public sealed class ChannelTests(MariaDbFixture server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Webhook_Kept_LiesSealedAndIsGoneWhenRemoved()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        await using var db = world.Database.CreateDbContext();
        var before = await db.Secrets.CountAsync(Ct);
        var channels = portal.Get<ChannelService>();
        var request = new CreateChannel(ChannelKind.Webhook, "https://hooks.example.com/services/T0/opens-everything", [NotificationKind.RunFailed]);
        var created = await channels.CreateAsync(tenant.Owner, tenant.ProjectId, request, Ct);
        Assert.StartsWith("whsec_", created.SigningKey, StringComparison.Ordinal);
        Assert.Equal("hooks.example.com", (await channels.GetAsync(tenant.Owner, created.Id, Ct)).Target);
        var clear = await db.Channels.Select(c => c.Target + c.Events).SingleAsync(Ct) + string.Join(' ', await db.AuditEntries.Select(a => a.Detail + a.ObjectName).ToListAsync(Ct));
        Assert.DoesNotContain("opens-everything", clear, StringComparison.Ordinal);
        Assert.Equal(before + 1, await db.Secrets.CountAsync(Ct));
        await channels.RemoveAsync(tenant.Owner, created.Id, Ct);
        Assert.Equal(before, await db.Secrets.CountAsync(Ct));
    }

    [Fact]
    public async Task Test_OfAChannel_IsSentSignedAndOnlyNowAndThen()
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var channels = portal.Get<ChannelService>();
        var hook = await channels.CreateAsync(tenant.Owner, tenant.ProjectId, new CreateChannel(ChannelKind.Webhook, "https://hooks.example.com/x", [NotificationKind.RunFailed]), Ct);
        var mail = await channels.CreateAsync(tenant.Owner, tenant.ProjectId, new CreateChannel(ChannelKind.Email, "ops@alfa.example", [NotificationKind.RunFailed], "de"), Ct);
        await channels.SendTestAsync(tenant.Owner, hook.Id, Ct);
        await channels.SendTestAsync(tenant.Owner, mail.Id, Ct);
        Assert.Equal("Channel.TestTooSoon", (await Assert.ThrowsAsync<RuleViolationException>(() => channels.SendTestAsync(tenant.Owner, hook.Id, Ct))).Code);
        while (await portal.Get<OutboxSender>().SendOneAsync(Ct))
        {
        }

        var (url, post) = Assert.Single(world.Post.Posts);
        Assert.Equal("https://hooks.example.com/x", url);
        Assert.Equal(Delivery.Sign(hook.SigningKey!["whsec_".Length..], post.Id, post.Timestamp, post.Body), post.Signature);
        Assert.Contains("\"type\":\"test\"", post.Body, StringComparison.Ordinal);
        Assert.Equal(("ops@alfa.example", "test alfa-shop"), (world.Post.Letters.Single().To, world.Post.Letters.Single().Subject));
        Assert.StartsWith("de", world.Post.Letters.Single().Text, StringComparison.Ordinal);
        Assert.All(await channels.ListAsync(tenant.Owner, tenant.ProjectId, Ct), c => Assert.True(c.LastOk));
    }

    [Theory]
    [InlineData(ChannelKind.Email, "no address", "User.Email")]
    [InlineData(ChannelKind.Webhook, "https://portal.example.net/api", "Channel.UrlInside")]
    public async Task Create_Unusable_IsRefusedAtItsField(ChannelKind kind, string target, string code)
    {
        await using var world = await World.CreateAsync(server, Ct);
        await using var portal = world.Start();
        var tenant = await Tenant.CreateAsync(portal, "alfa", Ct);
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(
            () => portal.Get<ChannelService>().CreateAsync(tenant.Owner, tenant.ProjectId, new CreateChannel(kind, target, [NotificationKind.RunFailed]), Ct));
        Assert.Equal((code, "Target"), (refusal.Code, refusal.Field));
    }
}
