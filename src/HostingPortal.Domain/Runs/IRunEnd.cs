namespace HostingPortal.Domain.Runs;

/// <summary>
/// A feature's part in the end of a run, whatever it ended by: also a run that never got to its play. Called by the owner just before the run's row says that
/// it ended; may be called again after a crash.
/// </summary>
public interface IRunEnd
{
    Task EndingAsync(Run run, RunOutcome outcome, CancellationToken ct);
}
