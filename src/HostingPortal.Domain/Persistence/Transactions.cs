using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HostingPortal.Domain.Persistence;

internal static class Transactions
{
    /// <summary>
    /// A transaction that sees what others have committed and locks rows only, not the gaps between them: two that queue runs for different nodes at once
    /// would otherwise wait for each other's gap and one would be rolled back as a deadlock.
    /// </summary>
    public static Task<IDbContextTransaction> BeginAsync(this PortalDbContext db, CancellationToken ct) => db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
}
