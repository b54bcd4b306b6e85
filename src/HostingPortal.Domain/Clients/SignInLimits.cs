using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>
/// Slows guessing down without letting anybody lock others out: refused tries count per account and address together, per address, and, for addresses the
/// person never signed in from, per account. Each counter makes its next try wait longer; none waits more than a quarter of an hour.
/// </summary>
public sealed class SignInLimits(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int FreePerPair = 5;
    private const int FreePerAddress = 40;
    private const int FreePerAccount = 50;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgiven = TimeSpan.FromHours(1);

    /// <summary>How long the next try has to wait; zero: it may be made.</summary>
    /// <param name="userId">Null for an address nobody signs in with: it counts the same.</param>
    public async Task<TimeSpan> WaitAsync(string email, string? userId, string? remoteAddress, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var known = userId is not null && await db.Sessions.AnyAsync(s => s.UserId == userId && s.RemoteAddress == remoteAddress, ct);
        var keys = Keys(email, remoteAddress);
        var tries = await db.SignInTries.AsNoTracking().Where(t => keys.Contains(t.Key) && t.LastAt > now - Forgiven).ToDictionaryAsync(t => t.Key, ct);
        return new[] { Left(keys[0], FreePerPair), Left(keys[1], FreePerAddress), known ? TimeSpan.Zero : Left(keys[2], FreePerAccount) }.Max();

        TimeSpan Left(string key, int free) => tries.TryGetValue(key, out var t) && t.LastAt + Wait(t.Failed, free) - now is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public async Task FailedAsync(string email, string? remoteAddress, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var since = now - Forgiven;
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var key in Keys(email, remoteAddress))
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO sign_in_tries (`Key`, Failed, LastAt) VALUES ({key}, 1, {now}) ON DUPLICATE KEY UPDATE Failed = IF(LastAt < {since}, 1, Failed + 1), LastAt = {now}", ct);
        }
    }

    /// <summary>The right password forgives the account at this address; the address itself goes on counting.</summary>
    public async Task PassedAsync(string email, string? remoteAddress, CancellationToken ct)
    {
        var since = time.GetUtcNow().UtcDateTime - Forgiven;
        var pair = Keys(email, remoteAddress)[0];
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.SignInTries.Where(t => t.Key == pair || t.LastAt < since).ExecuteDeleteAsync(ct);
    }

    /// <summary>15 s after the last free try, doubled with each further one.</summary>
    internal static TimeSpan Wait(int failed, int free) =>
        failed < free ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(failed - free, 10)));

    private static string[] Keys(string email, string? remoteAddress)
    {
        var account = email.Trim().ToUpperInvariant();
        return [Hash($"pair\n{account}\n{remoteAddress}"), Hash($"address\n{remoteAddress}"), Hash($"account\n{account}")];
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
