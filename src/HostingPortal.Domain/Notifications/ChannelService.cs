using System.Security.Cryptography;
using System.Text.Json;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Notifications;

/// <summary>Where the notifications of a project go; for owners and admins. The address and the key of a webhook are never read back.</summary>
public sealed class ChannelService(IDbContextFactory<PortalDbContext> contexts, ISecretStore secrets, ChangeFeed feed, IOptions<PortalOptions> options, TimeProvider time)
{
    private const int MostPerProject = 20;
    private static readonly TimeSpan BetweenTests = TimeSpan.FromSeconds(20);
    private static readonly string[] Languages = ["en", "de"];

    public async Task<IReadOnlyList<ChannelRow>> ListAsync(Actor actor, string projectId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await FindProjectAsync(db, actor, projectId, ct);
        return (await Rows(db, db.Channels.Where(c => c.ProjectId == projectId).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id)).ToListAsync(ct)).ConvertAll(Row);
    }

    public async Task<ChannelRow> GetAsync(Actor actor, string channelId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await Rows(db, db.Channels.Where(c => c.Id == channelId)).FirstOrDefaultAsync(ct);
        actor.Visible(found?.Channel, c => c.ClientId);
        return Row(found!);
    }

    public async Task<CreatedChannel> CreateAsync(Actor actor, string projectId, CreateChannel request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var project = await FindProjectAsync(db, actor, projectId, ct);
        actor.RequireOwner(project.ClientId);
        var events = EventsOf(request.Events);
        if (!Languages.Contains(request.Language))
        {
            throw new RuleViolationException("Channel.Language", nameof(request.Language));
        }

        if (await db.Channels.CountAsync(c => c.ProjectId == projectId, ct) >= MostPerProject)
        {
            throw new RuleViolationException("Channel.TooMany", null, ("max", MostPerProject));
        }

        var id = Ids.New("cn", time);
        var (target, secret) = request.Kind == ChannelKind.Email ? (AddressOf(request.Target), null) : Seal(db, id, request.Target);
        var channel = new Channel
        {
            Id = id, ClientId = project.ClientId, ProjectId = projectId, Kind = request.Kind, Target = target, Events = events, Language = request.Language,
            SecretId = secret?.Id, CreatedBy = actor.Name, CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        db.Channels.Add(channel);
        Record(db, actor, channel, "channel.add");
        await db.SaveChangesAsync(ct);
        Tell(channel);
        return new CreatedChannel(id, secret?.Key is { } key ? "whsec_" + key : null);
    }

    public async Task ChangeAsync(Actor actor, string channelId, ChangeChannel request, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var channel = await FindAsync(db, actor, channelId, ct);
        channel.Events = request.Events is null ? channel.Events : EventsOf(request.Events);
        channel.Enabled = request.Enabled ?? channel.Enabled;
        Record(db, actor, channel, "channel.change");
        await db.SaveChangesAsync(ct);
        Tell(channel);
    }

    /// <summary>Sends a test the way everything else is sent; its result stands at the channel a moment later.</summary>
    public async Task SendTestAsync(Actor actor, string channelId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var channel = await FindAsync(db, actor, channelId, ct);
        var now = time.GetUtcNow().UtcDateTime;
        if (await db.Outbox.AnyAsync(m => m.ChannelId == channelId && m.NotificationId == null && m.CreatedAt > now - BetweenTests, ct))
        {
            throw new RuleViolationException("Channel.TestTooSoon", null, ("seconds", (int)BetweenTests.TotalSeconds));
        }

        db.Outbox.Add(new OutboxMessage { Id = Ids.New("m", time), ChannelId = channelId, State = OutboxState.Waiting, NextAt = await db.NowAsync(ct), CreatedAt = now });
        Record(db, actor, channel, "channel.test");
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What still waits for it is not sent any more.</summary>
    public async Task RemoveAsync(Actor actor, string channelId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var channel = await FindAsync(db, actor, channelId, ct);
        db.Channels.Remove(channel);
        if (await db.Secrets.FirstOrDefaultAsync(s => s.Id == channel.SecretId, ct) is { } secret)
        {
            db.Secrets.Remove(secret);
        }

        Record(db, actor, channel, "channel.remove");
        await db.SaveChangesAsync(ct);
        Tell(channel);
    }

    private static string EventsOf(IReadOnlyList<NotificationKind> events)
    {
        var kinds = events.Where(k => Enum.IsDefined(k) && k != NotificationKind.NameVerified).Distinct().Order().ToList();
        return kinds.Count > 0 ? string.Join(',', kinds) : throw new RuleViolationException("Channel.NoEvents", "Events");
    }

    private static string AddressOf(string text)
    {
        try
        {
            return EmailAddress.Parse(text);
        }
        catch (RuleViolationException)
        {
            throw new RuleViolationException("User.Email", "Target");
        }
    }

    private (string Target, SealedKey Secret) Seal(PortalDbContext db, string channelId, string text)
    {
        var own = new Uri(options.Value.BaseUrl).IdnHost;
        var url = WebhookAddress.Parse(text, host => host.Equals(own, StringComparison.OrdinalIgnoreCase));
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var stored = secrets.Seal(channelId, "webhook", new Secret(JsonSerializer.Serialize(new WebhookSecret(url.AbsoluteUri, key))));
        db.Secrets.Add(stored);
        return (url.IdnHost, new SealedKey(stored.Id, key));
    }

    private void Record(PortalDbContext db, Actor actor, Channel channel, string action) =>
        db.Audit(actor, time, action, channel.ClientId, new ObjectRef("channel", channel.Id, channel.Target), $"{channel.Kind} {channel.Events}");

    private void Tell(Channel channel) => feed.Publish("channel", channel.Id, channel.ClientId, channel.ProjectId);

    private static async Task<Project> FindProjectAsync(PortalDbContext db, Actor actor, string projectId, CancellationToken ct) =>
        actor.Visible(await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == projectId, ct), p => p.ClientId);

    private static async Task<Channel> FindAsync(PortalDbContext db, Actor actor, string channelId, CancellationToken ct)
    {
        var channel = actor.Visible(await db.Channels.FirstOrDefaultAsync(c => c.Id == channelId, ct), c => c.ClientId);
        actor.RequireOwner(channel.ClientId);
        return channel;
    }

    private static IQueryable<Found> Rows(PortalDbContext db, IQueryable<Channel> channels) =>
        channels.AsNoTracking().Select(c => new Found(c, db.Outbox.Count(m => m.ChannelId == c.Id && m.State == OutboxState.Waiting)));

    private static ChannelRow Row(Found found) => new(
        found.Channel.Id, found.Channel.ClientId, found.Channel.ProjectId, found.Channel.Kind, found.Channel.Target, found.Channel.Kinds, found.Channel.Language, found.Channel.Enabled,
        found.Channel.LastAt, found.Channel.LastOk, found.Channel.LastReason, found.Channel.LastDetail, found.Waiting, found.Channel.CreatedBy, found.Channel.CreatedAt);

    private sealed record Found(Channel Channel, int Waiting);

    private sealed record SealedKey(string Id, string Key);
}
