using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HostingPortal.Domain.Persistence;

internal static class DatabaseFault
{
    /// <summary>
    /// Whether the database failed rather than the work: EF Core wraps what it gave up repeating. MySqlConnector lets a socket's own exception out, bare, where the connection
    /// breaks while a command is sent; what other connections throw has another exception around it.
    /// </summary>
    public static bool IsCauseOf(Exception error)
    {
        if (error is SocketException)
        {
            return true;
        }

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
