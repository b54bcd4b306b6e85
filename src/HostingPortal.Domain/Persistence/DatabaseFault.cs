using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HostingPortal.Domain.Persistence;

internal static class DatabaseFault
{
    /// <summary>Whether the database failed rather than the work: EF Core wraps what it gave up repeating.</summary>
    public static bool IsCauseOf(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException or DbUpdateException or RetryLimitExceededException)
            {
                return true;
            }
        }

        return false;
    }
}
