using HostingPortal.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>What a client may have at most. Held against under a lock of the client's row, so that two orders at once cannot both take the last place.</summary>
internal static class Quotas
{
    /// <summary>The client, locked until the transaction ends.</summary>
    public static async Task<Client> LockClientAsync(this PortalDbContext db, string clientId, CancellationToken ct) =>
        (await db.Clients.FromSql($"SELECT * FROM clients WHERE Id = {clientId} FOR UPDATE").AsNoTracking().ToListAsync(ct)).FirstOrDefault() ?? throw new NotFoundException();

    /// <exception cref="RuleViolationException">Names the limit and how many there are.</exception>
    public static void RequireRoom(int? max, int present, string code)
    {
        if (max <= present)
        {
            throw new RuleViolationException(code, null, ("max", max), ("count", present));
        }
    }

    public static void RequireMoney(Client client, decimal after)
    {
        if (client.MaxMonthly < after)
        {
            throw new RuleViolationException("Quota.Monthly", null, ("max", client.MaxMonthly), ("after", after));
        }
    }
}
