using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using MySqlConnector;

namespace HostingPortal.Infrastructure.Persistence;

/// <summary>
/// Repeats what failed for a passing reason (lost connection, deadlock) when EF Core owns the whole statement or save. Inside a transaction of the
/// caller nothing is repeated: only the caller knows where it began.
/// </summary>
internal sealed class RetryOutsideTransactions(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, 4, TimeSpan.FromSeconds(2))
{
    /// <summary>Asked while EF Core still puts its own services together, so it must not go through <c>Database</c>, which needs them.</summary>
    public override bool RetriesOnFailure =>
        Dependencies.CurrentContext.Context.GetService<IDbContextTransactionManager>().CurrentTransaction is null && base.RetriesOnFailure;

    protected override bool ShouldRetryOn(Exception exception) => exception is MySqlException { IsTransient: true } or TimeoutException;
}
