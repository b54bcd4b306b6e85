using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Infrastructure.Seeding;

/// <summary>Fills an empty portal with a large hoster's rows, to see how pages behave with them. Nothing of it exists at Hetzner or on an executor.</summary>
internal sealed class LargeSeed(IDbContextFactory<PortalDbContext> contexts, ISecretStore secrets, TimeProvider time)
{
    private const int Batch = 2_000;

    /// <exception cref="InvalidOperationException">There are clients already.</exception>
    public async Task RunAsync(SeedSize size, Action<string> say, CancellationToken ct)
    {
        await using (var db = contexts.CreateDbContext())
        {
            if (await db.Clients.AnyAsync(ct))
            {
                throw new InvalidOperationException("This portal has clients. Made-up rows go into an empty one only.");
            }
        }

        var rows = new SeedRows(size, time.GetUtcNow().UtcDateTime, secrets.Seal(SeedRows.Account, "hetzner-token", new Secret(new string('0', 64))));
        await AddAsync("account", rows.Accounts(), say, ct);
        await AddAsync("clients", rows.Clients(), say, ct);
        await AddAsync("projects", rows.Projects(), say, ct);
        await AddAsync("nodes", rows.Nodes(), say, ct);
        await AddAsync("sites", rows.Sites(), say, ct);
        await AddAsync("runs", rows.Runs(), say, ct);
        await AddAsync("history", rows.History(), say, ct);
    }

    /// <summary>Each piece is what belongs together; a transaction holds many.</summary>
    private async Task AddAsync(string what, IEnumerable<object[]> pieces, Action<string> say, CancellationToken ct)
    {
        var count = 0;
        foreach (var some in pieces.Chunk(Batch))
        {
            await using var db = contexts.CreateDbContext();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.AddRange(some.SelectMany(p => p));
            await db.SaveChangesAsync(ct);
            count += some.Length;
        }

        say($"{count} {what}");
    }
}
