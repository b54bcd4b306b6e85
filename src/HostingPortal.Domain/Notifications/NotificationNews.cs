using System.Globalization;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Domain.Notifications;

/// <summary>Tells open pages of new notifications, whichever instance wrote them; looks once a second and only while a page is open.</summary>
internal sealed class NotificationNews(IDbContextFactory<PortalDbContext> contexts, ChangeFeed feed, TimeProvider time, ILogger<NotificationNews> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Rows become visible a little after they got their number.</summary>
    private const int Overlap = 50;

    /// <summary>A page reads first and listens then: what came in between is told again.</summary>
    private static readonly TimeSpan WhileAPageOpens = TimeSpan.FromSeconds(10);
    private readonly HashSet<long> told = [];
    private long? last;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        if (!feed.HasSubscribers)
        {
            last = null;
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        if (last is null)
        {
            var before = time.GetUtcNow().UtcDateTime - WhileAPageOpens;
            last = await db.Notifications.Where(n => n.At < before).MaxAsync(n => (long?)n.Id, ct) ?? 0;
            told.Clear();
            told.UnionWith(await db.Notifications.Where(n => n.Id <= last && n.Id > last - Overlap).Select(n => n.Id).ToListAsync(ct));
        }

        var known = last.Value;
        var rows = await db.Notifications.AsNoTracking().Where(n => n.Id > known - Overlap).OrderBy(n => n.Id).Take(500).Select(n => new { n.Id, n.ClientId, n.ProjectId }).ToListAsync(ct);
        foreach (var row in rows.Where(r => told.Add(r.Id)))
        {
            last = Math.Max(last.Value, row.Id);
            feed.Publish("notification", row.Id.ToString(CultureInfo.InvariantCulture), row.ClientId, row.ProjectId);
        }

        told.RemoveWhere(id => id <= last - (2 * Overlap));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "New notifications could not be read; trying again.");
            }

            await Task.Delay(Pause, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
