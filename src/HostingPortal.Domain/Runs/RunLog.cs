using System.IO.Compression;
using System.Text;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Runs;

/// <summary>
/// The log of a run while this instance owns it. Events go to the database in batches, each batch in one transaction with the counters and the executor's byte
/// offset, and only then to viewers. A write under an old epoch changes nothing and throws <see cref="LostLeaseException"/>.
/// </summary>
internal sealed class RunLog(IDbContextFactory<PortalDbContext> contexts, RunFeed feed, Run run, Redactor redactor, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly List<RunEvent> pending = [];
    private readonly RunLogRows rows = new(run);
    private int seq = run.EventCount;
    private int lines = run.LineCount;
    private bool broken;

    public RunState State { get; set; } = run.State;

    /// <summary>Where it learns what to leave out.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<Secret>>>? Secrets { get; init; }

    /// <summary>Takes in the secrets there are now beside those it knew; a run makes some of its own before it plays.</summary>
    public async Task LearnAsync(CancellationToken ct)
    {
        var found = Secrets is null ? [] : await Secrets(ct);
        await gate.WaitAsync(ct);
        try
        {
            redactor = redactor.With(found);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>What may be stored of a text beside the log, e.g. why a step failed.</summary>
    public string? Clean(string? text) => text is null ? null : redactor.Clean(text);

    /// <summary>A line of the portal's own.</summary>
    public Task LineAsync(string text, CancellationToken ct) => OwnAsync("line", new { msg = text }, ct);

    public async Task OwnAsync(string kind, object fields, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            var e = RunEvent.Own(0, time.GetUtcNow(), kind, fields);
            Append(RunEvent.Adopt(e.ToText(), ++seq, redactor)!);
            await FlushAsync(null);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Stores what the executor wrote; <paramref name="offset"/> is the byte after the last of these lines.</summary>
    public async Task<IReadOnlyList<RunEvent>> AdoptAsync(IReadOnlyList<string> texts, long offset, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            var adopted = new List<RunEvent>(texts.Count);
            foreach (var text in texts)
            {
                var e = RunEvent.Adopt(text, seq + 1, redactor) ?? RunEvent.Own(seq + 1, time.GetUtcNow(), "line", new { msg = redactor.Clean(text) });
                seq++;
                Append(e);
                adopted.Add(e);
            }

            await FlushAsync(offset);
            return adopted;
        }
        finally
        {
            gate.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Append(RunEvent e)
    {
        pending.Add(e);
    }

    /// <summary>
    /// After a write that failed nobody knows whether it is stored: this owner writes no more, and the next one starts from what the database holds.
    /// For the same reason a write that has begun is not canceled.
    /// </summary>
    private async Task FlushAsync(long? offset)
    {
        if (broken)
        {
            throw new LostLeaseException(run.Id);
        }

        broken = true;
        await StoreAsync(offset, CancellationToken.None);
        broken = false;
    }

    private async Task StoreAsync(long? offset, CancellationToken ct)
    {
        var firstLine = lines + 1;
        var drawn = new List<RunLine>();
        foreach (var e in pending)
        {
            var more = RunLines.Render(e, lines + 1);
            rows.Take(e, more.Count > 0 ? more[0].Number : lines + 1);
            drawn.AddRange(more);
            lines += more.Count;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        var owned = await db.Runs.Where(r => r.Id == run.Id && r.Epoch == run.Epoch).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.EventCount, seq)
                .SetProperty(x => x.LineCount, lines)
                .SetProperty(x => x.TaskCount, rows.TaskCount)
                .SetProperty(x => x.TaskTotal, rows.TaskTotal)
                .SetProperty(x => x.ChangedCount, rows.Changed)
                .SetProperty(x => x.FailedCount, rows.Failed)
                .SetProperty(x => x.ExecutorOffset, x => offset ?? x.ExecutorOffset), ct);
        if (owned == 0)
        {
            throw new LostLeaseException(run.Id);
        }

        if (pending.Count > 0)
        {
            db.RunLogChunks.Add(new RunLogChunk
            {
                RunId = run.Id, SeqFrom = pending[0].Seq, SeqTo = pending[^1].Seq, LineFrom = firstLine, Lines = drawn.Count, Data = Pack(pending),
            });
            await rows.SaveAsync(db, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        feed.Publish(new RunBatch(run.Id, State, pending.ToArray(), drawn));
        pending.Clear();
    }

    internal static byte[] Pack(IEnumerable<RunEvent> events)
    {
        var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest))
        using (var writer = new StreamWriter(brotli, new UTF8Encoding(false)))
        {
            foreach (var e in events)
            {
                writer.Write(e.ToText());
                writer.Write('\n');
            }
        }

        return buffer.ToArray();
    }

    internal static IEnumerable<string> Unpack(byte[] data) => Split(UnpackText(data));

    internal static string UnpackText(byte[] data)
    {
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(data), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    internal static IEnumerable<string> Split(string events) => events.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Another instance owns the run now; the one that gets this stops touching it.</summary>
internal sealed class LostLeaseException(long runId) : Exception($"Run {runId} has another owner.");
