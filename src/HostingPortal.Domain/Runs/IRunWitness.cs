using HostingPortal.Domain.Persistence;

namespace HostingPortal.Domain.Runs;

/// <summary>Writes what follows from the end of a run in the very transaction that ends it: both are true, or neither.</summary>
internal interface IRunWitness
{
    Task EndedAsync(PortalDbContext db, Run run, RunOutcome outcome, CancellationToken ct);
}
