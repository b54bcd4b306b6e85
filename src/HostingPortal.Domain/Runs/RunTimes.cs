using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>How long runs usually take.</summary>
internal static class RunTimes
{
    private const int Last = 20;

    /// <summary>Seconds a run that is at work has left: the median of the project's last twenty of its kind that succeeded, less what it took so far.</summary>
    /// <returns>Null where there is nothing to go by, or it takes longer already.</returns>
    public static async Task<int?> LeftAsync(PortalDbContext db, long runId, DateTime now, CancellationToken ct)
    {
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == runId, ct);
        if (run?.StartedAt is not { } started)
        {
            return null;
        }

        var ended = await db.Runs.AsNoTracking()
            .Where(r => r.ProjectId == run.ProjectId && r.Kind == run.Kind && r.Job == run.Job && r.Full == run.Full && r.State == RunState.Succeeded && r.StartedAt != null && r.EndedAt != null)
            .OrderByDescending(r => r.Id).Take(Last).Select(r => new { From = r.StartedAt!.Value, Until = r.EndedAt!.Value }).ToListAsync(ct);
        var left = Median(ended.Select(r => (r.Until - r.From).TotalSeconds)) - (now - started).TotalSeconds;
        return left >= 1 ? (int)Math.Ceiling(left.Value) : null;
    }

    /// <summary>Null of nothing.</summary>
    public static double? Median(IEnumerable<double> values) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : null;
}
