using System.Threading.Channels;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Puts runs in line, in the transaction of what caused them, and wakes the dispatcher after the commit.</summary>
public sealed class RunQueue(ChangeFeed feed, IWorkingDisk disk, TimeProvider time)
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal ChannelReader<bool> Wake => wake.Reader;

    internal void WakeUp() => wake.Writer.TryWrite(true);

    /// <summary>Adds a run; the caller saves, sets the changes' run id and calls <see cref="Announce"/> after its commit.</summary>
    /// <exception cref="RuleViolationException">A person's run while the portal's disk is nearly full. What the portal itself asks for waits in line.</exception>
    internal Run Add(PortalDbContext db, RunOrder order)
    {
        if (disk.IsNearlyFull && order.Actor != Actor.System)
        {
            throw new RuleViolationException("Run.NoRoom", null);
        }

        var run = new Run
        {
            Key = Ids.New("r", time), Kind = order.Kind, ClientId = order.ClientId, ProjectId = order.ProjectId, State = RunState.Queued, RequestedBy = order.Actor.Name,
            RequestedById = order.Actor.UserId, QueuedAt = time.GetUtcNow().UtcDateTime, Check = order.Kind == RunKind.Check, RetryOf = order.RetryOf,
            Full = order.Wish != RunWish.Change, Priority = Priority(order.Wish), Job = order.Job, NotBefore = order.NotBefore,
        };
        foreach (var (id, name) in order.Nodes)
        {
            run.Nodes.Add(new RunNode { RunId = 0, ProjectId = order.ProjectId, NodeId = id, Name = name });
        }

        run.Requests.Add(Request(order, 1));
        db.Runs.Add(run);
        return run;
    }

    /// <summary>
    /// The converge that will bring the order's nodes in step: at most one is queued per node, so an order joins those that are, and a new run takes the nodes
    /// that are left. A change joins as it is; any other wish makes the run a whole one. Needs an open transaction; saves. The last run is the one to watch.
    /// </summary>
    internal async Task<IReadOnlyList<Run>> ConvergeAsync(PortalDbContext db, RunOrder order, CancellationToken ct)
    {
        var runs = new List<Run>();
        var left = new List<(string Id, string Name)>();
        foreach (var node in order.Nodes.OrderBy(n => n.Id, StringComparer.Ordinal))
        {
            await db.Database.ExecuteSqlAsync($"SELECT Id FROM nodes WHERE Id = {node.Id} FOR UPDATE", ct);
            if (await FindQueuedAsync(db, node.Id, ct) is not { } waiting)
            {
                left.Add(node);
            }
            else if (!runs.Contains(waiting))
            {
                await JoinAsync(db, waiting, order, ct);
                runs.Add(waiting);
            }
        }

        if (left.Count > 0)
        {
            runs.Add(Add(db, order with { Nodes = left }));
        }

        await db.SaveChangesAsync(ct);
        return runs;
    }

    /// <summary>The same for one change of one node, which the run then carries.</summary>
    internal async Task<Run> CarryAsync(PortalDbContext db, RunOrder order, Change change, CancellationToken ct)
    {
        var run = (await ConvergeAsync(db, order, ct))[^1];
        change.RunId = run.Id;
        await db.SaveChangesAsync(ct);
        return run;
    }

    private static async Task<Run?> FindQueuedAsync(PortalDbContext db, string nodeId, CancellationToken ct)
    {
        var waiting = await db.Database.SqlQuery<long>(
            $"""
             SELECT r.Id AS Value FROM runs r JOIN run_nodes n ON n.RunId = r.Id
             WHERE r.State = 'Queued' AND r.Kind = 'Converge' AND r.InventoryCommit IS NULL AND n.NodeId = {nodeId} ORDER BY r.Id LIMIT 1 FOR UPDATE
             """).ToListAsync(ct);
        return waiting.Count > 0 ? await db.Runs.FirstAsync(r => r.Id == waiting[0], ct) : null;
    }

    /// <summary>Changes are seen as what the run carries; other wishes leave a line of their own.</summary>
    private async Task JoinAsync(PortalDbContext db, Run run, RunOrder order, CancellationToken ct)
    {
        run.Priority = Priority(order.Wish) < run.Priority ? Priority(order.Wish) : run.Priority;
        run.NotBefore = order.NotBefore is null ? null : run.NotBefore;
        if (order.Wish != RunWish.Change)
        {
            run.Full = true;
            run.Requests.Add(Request(order, 1 + await db.RunRequests.CountAsync(r => r.RunId == run.Id, ct)));
        }
    }

    private RunRequest Request(RunOrder order, int number) =>
        new() { Number = number, Wish = order.Wish, By = order.Actor.Name, ById = order.Actor.UserId, At = time.GetUtcNow().UtcDateTime };

    private static RunPriority Priority(RunWish wish) => wish == RunWish.Schedule ? RunPriority.Schedule : RunPriority.Person;

    /// <summary>Tells open pages and the dispatcher; call it after the commit.</summary>
    internal void Announce(Run run)
    {
        feed.Publish("run", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), run.ClientId, run.ProjectId);
        WakeUp();
    }
}

/// <summary>A run somebody asks for.</summary>
/// <param name="NotBefore">It waits until then, in database time, unless an order that does not wait joins it.</param>
internal sealed record RunOrder(
    Actor Actor, RunKind Kind, RunWish Wish, string ClientId, string ProjectId, IReadOnlyList<(string Id, string Name)> Nodes, long? RetryOf = null,
    string? Job = null, DateTime? NotBefore = null);
