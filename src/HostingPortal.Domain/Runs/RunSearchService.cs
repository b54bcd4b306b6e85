using System.Runtime.CompilerServices;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>Looks through the whole log of a run, chunk by chunk, and tells what was found while it goes on.</summary>
public sealed class RunSearchService(IDbContextFactory<PortalDbContext> contexts)
{
    private const int ChunksAtOnce = 32;

    /// <summary>Searches take processor time from runs and pages: no more than two at a time in an instance.</summary>
    private static readonly SemaphoreSlim Places = new(2);

    /// <summary>
    /// Hits in the order of lines, a piece at a time; the last piece is <see cref="RunLogHits.Done"/>. A line cut for drawing is searched as a whole.
    /// </summary>
    public async IAsyncEnumerable<RunLogHits> SearchAsync(Actor actor, long runId, RunLogQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var matcher = RunLogMatcher.Of(query.Text, query.Regex);
        await Places.WaitAsync(ct);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.RequireRunAsync(actor, runId, ct);
            var next = await db.SeqOfLineAsync(runId, query.FromLine, ct);
            var scanned = query.FromLine - 1;
            while (true)
            {
                var chunks = await db.RunLogChunks.AsNoTracking().Where(c => c.RunId == runId && c.SeqFrom >= next).OrderBy(c => c.SeqFrom).Take(ChunksAtOnce).ToListAsync(ct);
                var hits = await Task.Run(() => chunks.AsParallel().AsOrdered().WithDegreeOfParallelism(2).WithCancellation(ct)
                    .SelectMany(c => In(c, matcher)).Where(line => line >= query.FromLine).ToList(), ct);
                scanned = chunks.Count > 0 ? Math.Max(scanned, chunks[^1].LineFrom + chunks[^1].Lines - 1) : scanned;
                next = chunks.Count > 0 ? chunks[^1].SeqTo + 1 : next;
                var done = chunks.Count < ChunksAtOnce;
                yield return new RunLogHits(hits, scanned, done);
                if (done)
                {
                    yield break;
                }
            }
        }
        finally
        {
            Places.Release();
        }
    }

    private static List<int> In(RunLogChunk chunk, RunLogMatcher matcher)
    {
        var events = RunLog.UnpackText(chunk.Data);
        return matcher.MayBeIn(events)
            ? [.. RunLogReader.Lines(chunk, RunLog.Split(events), whole: true).Where(l => matcher.IsIn(l.Text)).Select(l => l.Number)]
            : [];
    }
}

/// <param name="Text">At most 200 characters; case makes no difference.</param>
/// <param name="Regex">A regular expression without backreferences and lookarounds, else literal text.</param>
/// <param name="FromLine">First line to look at, from 1.</param>
public sealed record RunLogQuery(string Text, bool Regex = false, int FromLine = 1);

/// <param name="Lines">Numbers of the lines found since the piece before.</param>
/// <param name="ScannedTo">Last line looked at so far.</param>
public sealed record RunLogHits(IReadOnlyList<int> Lines, int ScannedTo, bool Done);
