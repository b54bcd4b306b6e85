using System.Threading.Channels;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;

namespace HostingPortal.Web.Components.Runs;

/// <summary>Brings a run into a viewer's state: subscribes first, reads the store second, then takes live batches, at most one drawing in 100 ms.</summary>
internal sealed class RunLive(RunService runs, RunLogService log, RunFeed feed, TimeProvider time)
{
    private const int LastLines = 300;
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Reads everything the page shows first.</summary>
    public async Task LoadAsync(RunLogState state, Actor actor, long runId, CancellationToken ct)
    {
        var detail = await runs.GetAsync(actor, runId, ct);
        var matrix = await log.GetMatrixAsync(actor, runId, ct);
        var last = await log.GetLinesAsync(actor, runId, Math.Max(1, detail.Run.LineCount - LastLines + 1), 5000, ct);
        state.Load(detail, matrix, last);
    }

    /// <summary>Until the run ends or the viewer goes. Where another instance works on the run nothing comes live: then the store is asked every 2 s.</summary>
    /// <param name="apply">Runs its argument where the state may be touched, and draws.</param>
    public async Task FollowAsync(RunLogState state, Func<Task<Actor>> actor, long runId, Func<Action, Task> apply, CancellationToken ct)
    {
        using var subscription = feed.Subscribe(runId);
        await ReloadAsync(state, await actor(), runId, apply, ct);
        var drawn = DateTimeOffset.MinValue;
        while (!state.Ended)
        {
            var batches = await CollectAsync(subscription.Batches, drawn, ct);
            await apply(() => batches.ForEach(state.Apply));
            drawn = time.GetUtcNow();
            if (batches.Count == 0 || state.Gap || batches.Any(b => b.Events.Count == 0 || b.Events.Any(e => e.Kind == "step")))
            {
                await RefreshAsync(state, await actor(), runId, quiet: batches.Count == 0, apply, ct);
            }
        }
    }

    private async Task RefreshAsync(RunLogState state, Actor actor, long runId, bool quiet, Func<Action, Task> apply, CancellationToken ct)
    {
        var detail = await runs.GetAsync(actor, runId, ct);
        await apply(() =>
        {
            state.Update(detail);

            // While batches come, those the store has already are on their way; only silence tells that some were missed.
            if (quiet || detail.Run.Ended)
            {
                state.NoteLineCount(detail.Run.LineCount);
            }
        });
        if (state.Gap)
        {
            await ReloadAsync(state, actor, runId, apply, ct);
        }
    }

    private async Task ReloadAsync(RunLogState state, Actor actor, long runId, Func<Action, Task> apply, CancellationToken ct)
    {
        var fresh = new RunLogState();
        await LoadAsync(fresh, actor, runId, ct);
        var last = await log.GetLinesAsync(actor, runId, Math.Max(1, fresh.LineCount - LastLines + 1), LastLines, ct);
        await apply(() => state.Load(fresh.Detail!, new RunMatrix(fresh.Tasks, [.. fresh.Results.All]), last));
    }

    /// <summary>The first batch after a pause at once, then what comes within 100 ms of the last drawing; nothing after 2 quiet seconds.</summary>
    private async Task<List<RunBatch>> CollectAsync(ChannelReader<RunBatch> reader, DateTimeOffset drawn, CancellationToken ct)
    {
        var batches = new List<RunBatch>();
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ct);
        quiet.CancelAfter(Quiet);
        try
        {
            batches.Add(await reader.ReadAsync(quiet.Token));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return batches;
        }

        if (drawn + Batch - time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, ct);
        }

        while (reader.TryRead(out var more))
        {
            batches.Add(more);
        }

        return batches;
    }
}
