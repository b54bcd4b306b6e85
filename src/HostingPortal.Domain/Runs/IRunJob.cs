namespace HostingPortal.Domain.Runs;

/// <summary>What a run of the kind <see cref="RunKind.Task"/> does; like a handler it may be called again for the same run and observes before it acts.</summary>
public interface IRunJob
{
    /// <summary>One of <see cref="RunJobs"/>.</summary>
    string Name { get; }

    Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct);
}
