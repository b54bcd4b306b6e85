using System.Collections.Concurrent;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Domain.Notifications;

/// <summary>Sends what waits in the outbox, a few at once, and forgets what is old. Any number of instances do so side by side.</summary>
internal sealed class OutboxSender(
    IDbContextFactory<PortalDbContext> contexts, Outbox outbox, Delivery delivery, ChangeFeed feed, TimeProvider time, ILogger<OutboxSender> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tidy = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);
    private static readonly TimeSpan MessagesKept = TimeSpan.FromDays(14);
    private readonly ConcurrentDictionary<string, Task> sending = new();

    /// <summary>Takes one message and sends it; false when none is due.</summary>
    public async Task<bool> SendOneAsync(CancellationToken ct)
    {
        if (await outbox.ClaimAsync(ct) is not { } message)
        {
            return false;
        }

        await SendAsync(message, ct);
        return true;
    }

    public async Task TidyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        await db.Outbox.Where(m => m.State != OutboxState.Waiting && m.EndedAt < now - MessagesKept).ExecuteDeleteAsync(ct);
        await db.Notifications.Where(n => n.At < now - Kept).ExecuteDeleteAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tidied = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (sending.Count < AtOnce && await outbox.ClaimAsync(stoppingToken) is { } message)
                {
                    sending[message.Id] = Task.Run(() => SendAsync(message, stoppingToken), CancellationToken.None);
                }

                if (time.GetUtcNow() - tidied > Tidy)
                {
                    tidied = time.GetUtcNow();
                    await TidyAsync(stoppingToken);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "Messages could not be claimed; trying again.");
            }

            await Task.Delay(Pause, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await Task.WhenAll(sending.Values);
    }

    private async Task SendAsync(OutboxMessage message, CancellationToken stopping)
    {
        try
        {
            OutsideException? failure = null;
            try
            {
                await delivery.SendAsync(message, stopping);
            }
            catch (OutsideException error)
            {
                failure = error;
            }

            await outbox.EndAsync(message, failure, CancellationToken.None);
            feed.Publish("channel", message.ChannelId, message.Channel!.ClientId, message.Channel.ProjectId);
        }
        catch (Exception error)
        {
            // Without an end the message is due again when its lease has run out.
            logger.LogWarning(error, "Message {MessageId} is left for another try.", message.Id);
        }
        finally
        {
            sending.TryRemove(message.Id, out _);
        }
    }
}
