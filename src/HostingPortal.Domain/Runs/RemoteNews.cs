using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// Tells open pages here what other instances did: changes, and runs that began or ended with the nodes they touched. Read from what these write anyway, once a
/// second and only while a page is open; what this instance did itself is told twice, which costs a page one more look.
/// </summary>
internal sealed class RemoteNews(IDbContextFactory<PortalDbContext> contexts, ChangeFeed feed, TimeProvider time, ILogger<RemoteNews> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Rows become visible a little after the time they carry.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);
    private readonly HashSet<string> told = [];
    private DateTime? since;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        if (!feed.HasSubscribers)
        {
            since = null;
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = await db.NowAsync(ct);
        var from = (since ?? now) - Overlap;
        if (told.Count > 5000)
        {
            told.Clear();
        }

        foreach (var change in await db.Changes.AsNoTracking().Where(c => c.At >= from).OrderBy(c => c.At).Take(500).Select(c => new { c.Id, c.ObjectKind, c.ObjectId, c.ClientId, c.ProjectId }).ToListAsync(ct))
        {
            if (told.Add(change.Id))
            {
                feed.Publish(change.ObjectKind, change.ObjectId, change.ClientId, change.ProjectId);
            }
        }

        var runs = await db.Runs.AsNoTracking().Where(r => r.StartedAt >= from || r.EndedAt >= from || r.QueuedAt >= from).OrderBy(r => r.Id).Take(500)
            .Select(r => new { r.Id, r.State, r.ClientId, r.ProjectId, Nodes = r.Nodes.Select(n => n.NodeId).ToList() }).AsSplitQuery().ToListAsync(ct);
        foreach (var run in runs.Where(r => told.Add($"{r.Id} {r.State}")))
        {
            feed.Publish("run", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), run.ClientId, run.ProjectId);
            run.Nodes.ForEach(node => feed.Publish("node", node, run.ClientId, run.ProjectId));
        }

        since = now;
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
                logger.LogWarning(error, "News of other instances could not be read; trying again.");
            }

            await Task.Delay(Pause, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
