namespace HostingPortal.Domain.Runs;

/// <summary>Finds the job of a run.</summary>
internal sealed class TaskHandler(IEnumerable<IRunJob> jobs) : IRunHandler
{
    public RunKind Kind => RunKind.Task;

    public Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct) => jobs.FirstOrDefault(j => j.Name == run.Run.Job) is { } job
        ? job.ExecuteAsync(run, ct)
        : Task.FromResult(new RunOutcome(RunState.Failed, "run.no-handler", run.Run.Job));
}
