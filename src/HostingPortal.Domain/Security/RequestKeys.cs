using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HostingPortal.Domain.Security;

/// <summary>
/// Makes a repeated request one operation. Who begins first goes on; whoever comes with the same key again gets what came out, or is told that it is still under way.
/// Keys are kept for a day. A request that nobody holds any more, for <see cref="LeaseSeconds"/>, ended with its portal: the next one with its key goes on in its place, and what names must
/// not be made twice is refused then. All times are the database's.
/// </summary>
public sealed class RequestKeys(IDbContextFactory<PortalDbContext> contexts)
{
    public const int LeaseSeconds = 30;

    /// <summary>The earlier request with this key, or null when this one may go on.</summary>
    /// <param name="content">All that makes the request what it is: method, address, body.</param>
    /// <exception cref="RuleViolationException">The key came before with another content.</exception>
    public async Task<RequestKey?> BeginAsync(string userId, string key, string content, CancellationToken ct)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM request_keys WHERE UserId = {userId} AND CreatedAt < UTC_TIMESTAMP(3) - INTERVAL 1 DAY", ct);
        var added = await db.Database.ExecuteSqlAsync($"INSERT IGNORE INTO request_keys (UserId, `Key`, Hash, CreatedAt) VALUES ({userId}, {key}, {hash}, UTC_TIMESTAMP(3))", ct);
        if (added == 1)
        {
            return null;
        }

        var earlier = await db.RequestKeys.AsNoTracking().FirstOrDefaultAsync(k => k.UserId == userId && k.Key == key, ct)
            ?? throw new RuleViolationException("RequestKey.UnderWay");
        if (!earlier.Hash.AsSpan().SequenceEqual(hash))
        {
            throw new RuleViolationException("RequestKey.OtherRequest");
        }

        var taken = earlier.Status is null && await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE request_keys SET CreatedAt = UTC_TIMESTAMP(3)
             WHERE UserId = {userId} AND `Key` = {key} AND Status IS NULL AND CreatedAt < UTC_TIMESTAMP(3) - INTERVAL {LeaseSeconds} SECOND
             """, ct) == 1;
        return taken ? null : earlier;
    }

    /// <summary>Says that the request is still worked on; wanted several times per <see cref="LeaseSeconds"/>.</summary>
    public async Task HoldAsync(string userId, string key, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Database.ExecuteSqlAsync($"UPDATE request_keys SET CreatedAt = UTC_TIMESTAMP(3) WHERE UserId = {userId} AND `Key` = {key} AND Status IS NULL", ct);
        }
        catch (Exception error) when (error is DbException or RetryLimitExceededException)
        {
            // Without the database the request itself does not get on either.
        }
    }

    /// <summary>Keeps the answer for whoever asks again.</summary>
    /// <param name="body">JSON; null when it must not be kept.</param>
    public async Task EndAsync(string userId, string key, int status, string? location, string? body, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequestKeys.Where(k => k.UserId == userId && k.Key == key && k.Status == null)
            .ExecuteUpdateAsync(k => k.SetProperty(x => x.Status, status).SetProperty(x => x.Location, location).SetProperty(x => x.Body, body), ct);
    }

    /// <summary>Nothing was done: the key is free again.</summary>
    public async Task ForgetAsync(string userId, string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.RequestKeys.Where(k => k.UserId == userId && k.Key == key && k.Status == null).ExecuteDeleteAsync(ct);
    }
}
