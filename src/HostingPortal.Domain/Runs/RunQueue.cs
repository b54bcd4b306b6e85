using System.Threading.Channels;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Puts runs in line, in the transaction of what caused them, and wakes the dispatcher after the commit.</summary>
public sealed class RunQueue(ChangeFeed feed, TimeProvider time)
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal ChannelReader<bool> Wake => wake.Reader;

    internal void WakeUp() => wake.Writer.TryWrite(true);

    /// <summary>Adds a run; the caller saves, sets the changes' run id and calls <see cref="Announce"/> after its commit.</summary>
    internal Run Add(
        PortalDbContext db, Actor actor, RunKind kind, string clientId, string projectId, IReadOnlyList<(string Id, string Name)> nodes, long? retryOf = null)
    {
        var run = new Run
        {
            Key = Ids.New("r", time), Kind = kind, ClientId = clientId, ProjectId = projectId, State = RunState.Queued, RequestedBy = actor.Name,
            RequestedById = actor.UserId, QueuedAt = time.GetUtcNow().UtcDateTime, Check = kind == RunKind.Check, RetryOf = retryOf,
        };
        foreach (var (id, name) in nodes)
        {
            run.Nodes.Add(new RunNode { RunId = 0, NodeId = id, Name = name });
        }

        db.Runs.Add(run);
        return run;
    }

    /// <summary>
    /// The converge that will carry a change of a node: one that is still queued takes it along, else a new one. Needs an open transaction; saves.
    /// </summary>
    internal async Task<Run> ConvergeAsync(PortalDbContext db, Actor actor, string clientId, string projectId, (string Id, string Name) node, Change change, CancellationToken ct)
    {
        var waiting = await db.Database.SqlQuery<long>(
            $"""
             SELECT r.Id AS Value FROM runs r JOIN run_nodes n ON n.RunId = r.Id
             WHERE r.State = 'Queued' AND r.Kind = 'Converge' AND n.NodeId = {node.Id} ORDER BY r.Id LIMIT 1 FOR UPDATE
             """).ToListAsync(ct);
        var run = waiting.Count > 0
            ? await db.Runs.FirstAsync(r => r.Id == waiting[0], ct)
            : Add(db, actor, RunKind.Converge, clientId, projectId, [node]);
        await db.SaveChangesAsync(ct);
        change.RunId = run.Id;
        await db.SaveChangesAsync(ct);
        return run;
    }

    /// <summary>Tells open pages and the dispatcher; call it after the commit.</summary>
    internal void Announce(Run run)
    {
        feed.Publish("run", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), run.ClientId, run.ProjectId);
        WakeUp();
    }
}
