using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Finds the chunks of a log by line and by event without reading those before.</summary>
internal static class RunLogReader
{
    /// <summary>The run's state, for whoever may see it.</summary>
    public static async Task<RunState> RequireRunAsync(this PortalDbContext db, Actor actor, long runId, CancellationToken ct)
    {
        var run = await db.Runs.AsNoTracking().Where(r => r.Id == runId).Select(r => new { r.ClientId, r.State }).FirstOrDefaultAsync(ct);
        return actor.Visible(run, r => r.ClientId).State;
    }

    /// <summary>First event of the chunk that holds this line.</summary>
    public static async Task<int> SeqOfLineAsync(this PortalDbContext db, long runId, int line, CancellationToken ct) =>
        await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.LineFrom <= line).OrderByDescending(c => c.LineFrom).Select(c => (int?)c.SeqFrom).FirstOrDefaultAsync(ct) ?? 1;

    /// <summary>First event of the chunk that holds this event.</summary>
    public static async Task<int> SeqOfEventAsync(this PortalDbContext db, long runId, int seq, CancellationToken ct) =>
        await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.SeqFrom <= seq).OrderByDescending(c => c.SeqFrom).Select(c => (int?)c.SeqFrom).FirstOrDefaultAsync(ct) ?? 1;

    /// <summary>Chunks that hold these lines, in order.</summary>
    public static async Task<List<RunLogChunk>> ChunksAsync(this PortalDbContext db, long runId, int from, int to, CancellationToken ct)
    {
        var first = await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.LineFrom <= from).MaxAsync(c => (int?)c.LineFrom, ct) ?? 1;
        return await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.LineFrom >= first && c.LineFrom <= to)
            .OrderBy(c => c.LineFrom).ThenBy(c => c.SeqFrom).ToListAsync(ct);
    }

    public static IEnumerable<RunLine> Lines(RunLogChunk chunk, bool whole = false) => Lines(chunk, RunLog.Unpack(chunk.Data), whole);

    /// <param name="whole">Lines as long as they are, instead of cut for drawing.</param>
    public static IEnumerable<RunLine> Lines(RunLogChunk chunk, IEnumerable<string> events, bool whole)
    {
        var next = chunk.LineFrom;
        foreach (var e in events.Select(RunEvent.Parse))
        {
            var lines = RunLines.Render(e, next, whole);
            next += lines.Count;
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }
}
