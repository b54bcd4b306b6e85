namespace HostingPortal.Domain.Runs;

/// <summary>
/// Does the work of one kind of run. It may be called again for the same run, by another instance, after any crash: every step observes before it acts.
/// </summary>
public interface IRunHandler
{
    RunKind Kind { get; }

    Task<RunOutcome> ExecuteAsync(RunContext run, CancellationToken ct);
}

/// <param name="Reason">Reason code where the state is no plain success.</param>
/// <param name="EndedAt">When the work ended, where that was before the portal learned of it; UTC.</param>
public sealed record RunOutcome(RunState State, string? Reason = null, string? Detail = null, DateTime? EndedAt = null)
{
    public static RunOutcome Success { get; } = new(RunState.Succeeded);
}
