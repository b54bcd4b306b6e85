using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HostingPortal.Domain.Persistence;

internal static class DatabaseFault
{
    /// <summary>
    /// Whether the database failed rather than the work: EF Core wraps what it gave up repeating. MySqlConnector lets a socket's own exception out where the connection breaks
    /// while a command is sent; other ports tell theirs as <see cref="OutsideException"/>.
    /// </summary>
    public static bool IsCauseOf(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException or DbUpdateException or RetryLimitExceededException or SocketException)
            {
                return true;
            }
        }

        return false;
    }
}
