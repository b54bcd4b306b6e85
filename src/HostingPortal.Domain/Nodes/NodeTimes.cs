using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>How long nodes took from order to ready, over all clients: a figure of the house, not of anybody's node.</summary>
internal static class NodeTimes
{
    private const int Last = 100;

    /// <returns>Template → median seconds of its nodes among the last hundred.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> ReadAsync(PortalDbContext db, CancellationToken ct)
    {
        var rows = await db.Nodes.Where(n => n.ReadyAt != null).OrderByDescending(n => n.ReadyAt).Take(Last)
            .Select(n => new { n.Template, n.CreatedAt, ReadyAt = n.ReadyAt!.Value }).ToListAsync(ct);
        return rows.GroupBy(r => r.Template).ToDictionary(g => g.Key, g => (int)RunTimes.Median(g.Select(r => (r.ReadyAt - r.CreatedAt).TotalSeconds))!.Value);
    }
}
