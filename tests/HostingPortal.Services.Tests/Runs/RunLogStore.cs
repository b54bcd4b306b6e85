using System.Text.Json;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using HostingPortal.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Services.Tests.Runs;

/// <summary>Writes logs into the database as the owner of a run does.</summary>
internal static class RunLogStore
{
    /// <summary>Makes the tenant's ended run go on and stores these lines of the executor, a batch at a time.</summary>
    public static async Task StoreAsync(this Instance portal, World world, long runId, IEnumerable<IReadOnlyList<string>> batches, CancellationToken ct, params Secret[] secrets)
    {
        await using var db = world.Database.CreateDbContext();
        var run = await db.Runs.FirstAsync(r => r.Id == runId, ct);
        await using var log = new RunLog(world.Database, portal.Get<RunFeed>(), run, new Redactor(secrets), TimeProvider.System);
        foreach (var batch in batches)
        {
            await log.AdoptAsync(batch, run.ExecutorOffset + 1, ct);
        }
    }

    public static string Line(string text) => JsonSerializer.Serialize(new { t = 1_795_000_000_000, e = "line", msg = text });

    /// <summary>Everything stored of a run's log, unpacked.</summary>
    public static async Task<string> StoredAsync(World world, long runId, CancellationToken ct)
    {
        await using var db = world.Database.CreateDbContext();
        var chunks = await db.RunLogChunks.Where(c => c.RunId == runId).OrderBy(c => c.SeqFrom).ToListAsync(ct);
        return string.Concat(chunks.Select(c => RunLog.UnpackText(c.Data)));
    }
}
