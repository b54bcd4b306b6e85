using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Actions;

/// <summary>Carries actions from <c>running</c> to <c>success</c> or <c>error</c> in the background.</summary>
internal sealed class ActionRunner(
    WorldStore store, SnapshotFile snapshot, SandboxOptions options, TimeProvider time, ILogger<ActionRunner> logger)
    : IHostedService, IDisposable
{
    private const int MostKept = 5000;

    private static readonly string[] Unlocking = ["apply_firewall", "remove_firewall", "set_firewall_rules"];
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Starts a chain of actions; must be called inside the lock. With a fault the first ends with it and nothing has an effect.</summary>
    public IReadOnlyList<ActionRecord> Start(World world, Project project, IReadOnlyList<ActionStep> steps, ActionError? fault)
    {
        var records = steps.Select(step => new ActionRecord
        {
            Id = world.NewId(),
            Command = step.Command,
            Resources = step.On,
            Started = time.GetUtcNow(),
        }).ToList();
        Forget(project);
        project.Actions.AddRange(records);
        Track(Task.Run(() => RunAsync(steps, records, fault, _stopping.Token)));
        return records;
    }

    /// <summary>True while an action runs that keeps others away from the resource; firewall changes do not.</summary>
    public static bool IsBusy(Project project, string type, long id) =>
        project.Actions.Exists(a => a.Status == ActionRecord.Running && a.Concerns(type, id) && !Unlocking.Contains(a.Command));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Cuts off what still runs; the next start takes it up again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        Task[] left;
        lock (_running)
        {
            left = [.. _running];
        }

        await Task.WhenAll(left);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(IReadOnlyList<ActionStep> steps, List<ActionRecord> records, ActionError? failure, CancellationToken ct)
    {
        try
        {
            foreach (var (step, record) in steps.Zip(records))
            {
                await Task.Delay(options.ActionDuration / 2, time, ct);
                store.Change(_ => record.Progress = 50);
                failure ??= await TryAsync(step, ct);
                await Task.Delay(options.ActionDuration / 2, time, ct);
                store.Change(_ => Finish(record, failure));
            }

            await snapshot.FlushAsync();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            logger.LogInformation("{Command} was interrupted by the end of the process", records[0].Command);
        }
    }

    private async Task<ActionError?> TryAsync(ActionStep step, CancellationToken ct)
    {
        try
        {
            await (step.Work?.Invoke(ct) ?? Task.CompletedTask);
            return null;
        }
#pragma warning disable CA1031 // Whatever went wrong in the effect is the action's result.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.LogError(e, "{Command} failed", step.Command);
            return new ActionError("action_failed", e.Message);
        }
    }

    /// <summary>Keeps a long-lived project's history at a size that lists and snapshots can bear.</summary>
    private static void Forget(Project project)
    {
        if (project.Actions.Count >= MostKept)
        {
            var oldest = project.Actions.Take(MostKept / 5).Where(action => action.Status != ActionRecord.Running).ToHashSet();
            project.Actions.RemoveAll(oldest.Contains);
        }
    }

    private void Finish(ActionRecord record, ActionError? failure)
    {
        record.Status = failure is null ? ActionRecord.Success : ActionRecord.Failed;
        record.Error = failure;
        record.Progress = 100;
        record.Finished = time.GetUtcNow();
    }

    private void Track(Task task)
    {
        lock (_running)
        {
            _running.Add(task);
        }

        task.ContinueWith(
            done =>
            {
                lock (_running)
                {
                    _running.Remove(done);
                }
            },
            TaskScheduler.Default);
    }
}
