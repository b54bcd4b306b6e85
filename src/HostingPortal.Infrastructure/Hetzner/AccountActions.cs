using HostingPortal.Domain;
using HostingPortal.Infrastructure.Hetzner.Api;

namespace HostingPortal.Infrastructure.Hetzner;

/// <summary>The actions of one account somebody waits for. Its loop runs only while there are any.</summary>
internal sealed class AccountActions(IActionsApi api, HetznerOptions options, TimeProvider time)
{
    private const int IdsPerCall = 25;
    private const int SlowestFactor = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Waiting> waiting = [];
    private bool looping;
    private bool arrived;

    public async Task WaitAsync(string token, IReadOnlyList<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var tasks = Join(token, ids);
        try
        {
            await Task.WhenAll(tasks).WaitAsync(options.ActionTimeout, time, ct);
        }
        catch (TimeoutException e)
        {
            throw new OutsideException("hetzner.action_timeout", $"Actions {string.Join(", ", ids)} still run.", transient: true, e);
        }
        finally
        {
            Leave(ids);
        }
    }

    private List<Task> Join(string token, IReadOnlyList<long> ids)
    {
        lock (gate)
        {
            var tasks = new List<Task>(ids.Count);
            foreach (var id in ids)
            {
                if (!waiting.TryGetValue(id, out var entry))
                {
                    waiting[id] = entry = new Waiting();
                }

                entry.Waiters++;
                tasks.Add(entry.Done.Task);
            }

            arrived = true;
            if (!looping)
            {
                looping = true;
                _ = Task.Run(() => LoopAsync(token));
            }

            return tasks;
        }
    }

    private void Leave(IReadOnlyList<long> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                if (waiting.TryGetValue(id, out var entry) && --entry.Waiters == 0)
                {
                    waiting.Remove(id);
                }
            }
        }
    }

    private async Task LoopAsync(string token)
    {
        var pause = options.PollPause;

        // A record set is done at once, a server is not: the first look comes soon, the others farther apart.
        await Task.Delay(options.PollPause / 4, time);
        while (NextIds(ref pause) is { Count: > 0 } ids)
        {
            foreach (var batch in ids.Chunk(IdsPerCall))
            {
                await AskAsync(token, batch);
            }

            await Task.Delay(pause, time);
            pause = TimeSpan.FromTicks(Math.Min((long)(pause.Ticks * 1.5), options.PollPause.Ticks * SlowestFactor));
        }
    }

    /// <summary>Ids still running, or none and the loop ends. New ones bring the pause back to its start.</summary>
    private List<long> NextIds(ref TimeSpan pause)
    {
        lock (gate)
        {
            var ids = waiting.Where(w => !w.Value.Done.Task.IsCompleted).Select(w => w.Key).ToList();
            looping = ids.Count > 0;
            pause = arrived ? options.PollPause : pause;
            arrived = false;
            return ids;
        }
    }

    private async Task AskAsync(string token, long[] ids)
    {
        try
        {
            var answer = await api.ListAsync(token, ids, IdsPerCall, CancellationToken.None);
            var byId = answer.Actions.ToDictionary(a => a.Id);
            foreach (var id in ids)
            {
                Settle(id, byId.GetValueOrDefault(id));
            }
        }
        catch (OutsideException e) when (e.Transient)
        {
            // Asked again in the next round; the waiters have their own time limit.
        }
        catch (Exception e)
        {
            Array.ForEach(ids, id => Find(id)?.Done.TrySetException(e));
        }
    }

    private void Settle(long id, ActionDto? action)
    {
        switch (action?.Status)
        {
            case "success":
                Find(id)?.Done.TrySetResult();
                break;
            case "error":
                var reason = $"{action.Command}: {action.Error?.Code} {action.Error?.Message}";
                Find(id)?.Done.TrySetException(new OutsideException("hetzner.action_failed", reason));
                break;
            case null:
                Find(id)?.Done.TrySetException(new OutsideException("hetzner.action_failed", $"Action {id} is not known any more."));
                break;
        }
    }

    private Waiting? Find(long id)
    {
        lock (gate)
        {
            return waiting.GetValueOrDefault(id);
        }
    }

    private sealed class Waiting
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }
}
