using System.Globalization;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Notifications;

/// <summary>Tells that a run failed, and that the same kind of run went well again on what had failed.</summary>
internal sealed class RunNotices(TimeProvider time) : IRunWitness
{
    public async Task EndedAsync(PortalDbContext db, Run run, RunOutcome outcome, CancellationToken ct)
    {
        var nodes = await db.RunNodes.AsNoTracking().Where(n => n.RunId == run.Id).OrderBy(n => n.Name).ToListAsync(ct);
        var subjects = nodes.Count == 0 ? [run.ProjectId] : nodes.Select(n => n.NodeId).ToList();
        switch (outcome.State)
        {
            case RunState.Succeeded:
                await RecoverAsync(db, run, nodes, subjects, ct);
                break;
            case RunState.Failed or RunState.PartlyFailed or RunState.Unreachable or RunState.Lost:
                var failed = nodes.Where(n => n.Failed > 0 || n.Unreachable).Select(n => n.NodeId).ToList();
                await OpenAsync(db, run, failed.Count > 0 ? failed : subjects, ct);
                await db.NotifyAsync(time, Of(NotificationKind.RunFailed, run, nodes) with { Reason = outcome.Reason }, ct);
                break;
            default:
                return;
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>A node that was removed has nothing left to recover from.</summary>
    private async Task RecoverAsync(PortalDbContext db, Run run, List<RunNode> nodes, List<string> subjects, CancellationToken ct)
    {
        var closed = await db.OpenFailures.Where(f => f.RunKind == run.Kind && subjects.Contains(f.SubjectId)).ExecuteDeleteAsync(ct);
        if (closed > 0)
        {
            await db.NotifyAsync(time, Of(NotificationKind.RunRecovered, run, nodes), ct);
        }

        if (run.Kind == RunKind.Decommission)
        {
            await db.OpenFailures.Where(f => subjects.Contains(f.SubjectId)).ExecuteDeleteAsync(ct);
        }
    }

    private static async Task OpenAsync(PortalDbContext db, Run run, List<string> subjects, CancellationToken ct)
    {
        var kind = run.Kind.ToString();
        foreach (var subject in subjects.Order(StringComparer.Ordinal))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO open_failures (RunKind, SubjectId, ClientId, ProjectId, RunId) VALUES ({kind}, {subject}, {run.ClientId}, {run.ProjectId}, {run.Id})
                 ON DUPLICATE KEY UPDATE RunId = {run.Id}
                 """, ct);
        }
    }

    private static Notice Of(NotificationKind kind, Run run, List<RunNode> nodes) =>
        new(kind, run.ClientId, run.ProjectId, new ObjectRef("run", run.Id.ToString(CultureInfo.InvariantCulture), string.Join(", ", nodes.Select(n => n.Name))))
        {
            NodeId = nodes is [var only] ? only.NodeId : null, RunId = run.Id, RunKind = run.Kind,
        };
}
