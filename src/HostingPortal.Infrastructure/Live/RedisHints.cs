using HostingPortal.Domain.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace HostingPortal.Infrastructure.Live;

/// <summary>
/// Tells the other instances over a channel in Redis that this one wrote to a run, and hears theirs. Where Redis is away nothing waits for it: the others
/// look into the database more often until it is back.
/// </summary>
internal sealed class RedisHints(IOptions<RedisOptions> options, RunHints hints, TimeProvider time, ILogger<RedisHints> logger) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private readonly string me = Guid.NewGuid().ToString("n");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Connection.Length == 0)
        {
            return;
        }

        var settings = ConfigurationOptions.Parse(options.Value.Connection);
        settings.AbortOnConnectFail = false;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(settings);
        var (subscriber, channel) = (redis.GetSubscriber(), RedisChannel.Literal(options.Value.Channel));

        void Tell()
        {
            // One that cannot be sent at once is not worth a later one.
            if (hints.Connected)
            {
                subscriber.Publish(channel, me, CommandFlags.FireAndForget);
            }
        }

        hints.Wrote += Tell;
        try
        {
            await subscriber.SubscribeAsync(channel, (_, sender) => Heard(sender), CommandFlags.FireAndForget);
            while (!stoppingToken.IsCancellationRequested)
            {
                // Connected is not yet subscribed: what others say until then is not heard.
                Note(subscriber.IsConnected(channel) && subscriber.SubscribedEndpoint(channel) is not null);
                await Task.Delay(Between, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends.
        }
        finally
        {
            hints.Wrote -= Tell;
            hints.Connected = false;
        }
    }

    private void Heard(RedisValue sender)
    {
        if (sender != me)
        {
            hints.Hear();
        }
    }

    private void Note(bool connected)
    {
        if (connected && !hints.Connected)
        {
            logger.LogInformation("Hints of other instances come over Redis.");
        }
        else if (!connected && hints.Connected)
        {
            logger.LogWarning("Redis is away; runs of other instances are looked for in the database.");
        }

        hints.Connected = connected;
    }
}
