using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Infrastructure.Secrets;

/// <summary>At the start: makes the key file of a new portal, and opens the newest sealed row of an old one, so a wrong file is found at once.</summary>
internal sealed class SecretCheck(IDbContextFactory<PortalDbContext> contexts, SecretKeyring ring, ISecretStore store)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var newest = await context.Secrets.AsNoTracking().OrderByDescending(s => s.Id).FirstOrDefaultAsync(ct);
        ring.Prepare(databaseHoldsSecrets: newest is not null);
        if (newest is not null)
        {
            store.Open(newest);
        }
    }
}
