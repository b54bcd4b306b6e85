using HostingPortal.Domain.Inventory;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostingPortal.Domain.Nodes;

/// <summary>
/// Asks every Project Master once a minute what its timer did while the portal was away, and queues a run for each, the oldest first. The run brings the events into
/// its log like those of any play. A run's key is unique, so however many portals look, none comes twice.
/// </summary>
internal sealed class MasterFetch(IDbContextFactory<PortalDbContext> contexts, RunPlaces places, RunQueue queue, TimeProvider time, ILogger<MasterFetch> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>Looks at all masters once; returns how many runs came.</summary>
    public async Task<int> TickAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var projects = await db.Nodes.Where(n => n.Template == NodeTemplate.ProjectMaster && n.ReadyAt != null && n.CloudServerId != null && n.State != NodeState.Removing && n.State != NodeState.Removed)
            .Select(n => n.ProjectId).Distinct().ToListAsync(ct);
        var counts = await Task.WhenAll(projects.Select(p => FetchAsync(p, ct)));
        return counts.Sum();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TickAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(error, "Project Masters could not be looked at; trying again.");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Look, time, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>A master that does not answer is no reason to leave the others out; its page says so.</summary>
    private async Task<int> FetchAsync(string projectId, CancellationToken ct)
    {
        try
        {
            var place = await places.OfProjectAsync(projectId, ct);
            var found = place.Master is null ? [] : (await place.Executor.ListTimedAsync(ct)).Where(r => r.ProjectId == projectId).ToList();
            return found.Count == 0 ? 0 : await QueueAsync(projectId, found, ct);
        }
        catch (OutsideException error)
        {
            logger.LogInformation("The master of {ProjectId} does not answer: {Code} {Detail}", projectId, error.Code, error.Detail);
            return 0;
        }
    }

    private async Task<int> QueueAsync(string projectId, IReadOnlyList<TimedRun> found, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT ProjectId FROM project_masters WHERE ProjectId = {projectId} FOR UPDATE", ct);
        var project = await db.Projects.AsNoTracking().FirstAsync(p => p.Id == projectId, ct);
        var names = await db.Nodes.Where(n => n.ProjectId == projectId).ToDictionaryAsync(n => n.Id, n => n.Name, ct);
        var keys = found.Select(r => r.Key).ToList();
        var known = await db.Runs.Where(r => keys.Contains(r.Key)).Select(r => r.Key).ToListAsync(ct);
        var runs = new List<Run>();
        foreach (var timed in found.Where(r => !known.Contains(r.Key)))
        {
            var run = Describe(timed, project, names);
            db.Runs.Add(run);
            await db.SaveChangesAsync(ct); // one by one: their numbers follow their order
            runs.Add(run);
        }

        await transaction.CommitAsync(ct);
        runs.ForEach(queue.Announce);
        return runs.Count;
    }

    /// <summary>What the master says is data: a node it names that is not the project's is left out.</summary>
    private static Run Describe(TimedRun timed, Project project, Dictionary<string, string> names)
    {
        var run = new Run
        {
            Key = timed.Key, Kind = timed.Check ? RunKind.Check : RunKind.Converge, ClientId = project.ClientId, ProjectId = project.Id, State = RunState.Queued,
            RequestedBy = Actor.System.Name, QueuedAt = timed.StartedAt, StartedAt = timed.StartedAt, Check = timed.Check, Full = true, ByMaster = true,
            InventoryCommit = timed.Commit, ContentVersion = timed.ContentVersion, Playbook = timed.Playbook,
        };
        run.Nodes.AddRange(timed.Limit.Where(names.ContainsKey).Select(id => new RunNode { RunId = 0, ProjectId = project.Id, NodeId = id, Name = names[id], Revision = 0 }));
        run.Requests.Add(new RunRequest { Number = 1, Wish = RunWish.Master, By = Actor.System.Name, At = timed.StartedAt });
        return run;
    }
}
