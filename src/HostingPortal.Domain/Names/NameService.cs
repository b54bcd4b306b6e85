using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Notifications;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Names;

/// <summary>Domain names of clients, and the zones that prove them.</summary>
public sealed class NameService(IDbContextFactory<PortalDbContext> contexts, INameLookup lookup, ReservedNames reserved, ChangeFeed feed, TimeProvider time)
{
    public async Task<Page<NameRow>> ListAsync(Actor actor, string? clientId, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ids = actor.ClientIds.ToList();
        var names = db.Names.AsNoTracking().Where(n => actor.IsStaff || ids.Contains(n.ClientId)).Where(n => clientId == null || n.ClientId == clientId);
        foreach (var word in query.Words)
        {
            names = names.Where(n => n.Name.Contains(word));
        }

        var sorted = query.Descending ? names.OrderByDescending(n => n.Name) : names.OrderBy(n => n.Name);
        return await sorted.Select(n => n.Id).ToPageAsync(names, shown => Rows(db, db.Names.AsNoTracking().Where(n => shown.Contains(n.Id))), n => n.Id, query, ct);
    }

    public async Task<NameRow> GetAsync(Actor actor, string nameId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return actor.Visible(await Rows(db, db.Names.AsNoTracking().Where(n => n.Id == nameId)).FirstOrDefaultAsync(ct), n => n.ClientId);
    }

    /// <summary>
    /// Claims a name. It is verified at once when its zone is allotted to the client; otherwise <see cref="NameRow.ProofToken"/> has to be published first.
    /// </summary>
    public async Task<NameRow> AddAsync(Actor actor, string clientId, string name, CancellationToken ct)
    {
        actor.RequireManage(clientId);
        var host = DnsName.Parse(name) ?? throw new RuleViolationException("Name.Form", nameof(name));
        await using var db = await contexts.CreateDbContextAsync(ct);
        var claimed = await ClaimAsync(db, actor, clientId, host, ct);
        await SaveAsync(db, host, ct);
        feed.Publish("name", claimed.Id, clientId);
        return await GetAsync(actor, claimed.Id, ct);
    }

    /// <summary>Looks for the TXT proof now.</summary>
    public async Task<NameRow> VerifyAsync(Actor actor, string nameId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = actor.Visible(await db.Names.FirstOrDefaultAsync(n => n.Id == nameId, ct), n => n.ClientId);
        actor.RequireManage(name.ClientId);
        if (name.VerifiedAt is null)
        {
            var found = await lookup.GetTextAsync(name.ProofRecord, ct);
            if (!found.Contains(name.ProofToken))
            {
                throw new RuleViolationException("Name.ProofMissing", null, ("record", name.ProofRecord), ("value", name.ProofToken));
            }

            name.VerifiedAt = time.GetUtcNow().UtcDateTime;
            db.Audit(actor, time, "name.verify", name.ClientId, new ObjectRef("name", name.Id, name.Name));
            await db.NotifyAsync(time, new Notice(NotificationKind.NameVerified, name.ClientId, null, new ObjectRef("name", name.Id, name.Name)), ct);
            await db.SaveChangesAsync(ct);
            feed.Publish("name", name.Id, name.ClientId);
        }

        return await GetAsync(actor, nameId, ct);
    }

    /// <summary>Gives up a name that no site uses.</summary>
    public async Task RemoveAsync(Actor actor, string nameId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var name = actor.Visible(await db.Names.FirstOrDefaultAsync(n => n.Id == nameId, ct), n => n.ClientId);
        actor.RequireOwner(name.ClientId);
        if (await db.SiteNames.AnyAsync(s => s.NameId == nameId, ct))
        {
            throw new RuleViolationException("Name.InUse", null, ("name", name.Name));
        }

        db.Names.Remove(name);
        db.Audit(actor, time, "name.remove", name.ClientId, new ObjectRef("name", name.Id, name.Name));
        await db.SaveChangesAsync(ct);
        feed.Publish("name", name.Id, name.ClientId);
    }

    /// <summary>Gives a zone of an account to a client; names in it need no other proof.</summary>
    public async Task AllotZoneAsync(Actor actor, string accountId, string zone, string clientId, CancellationToken ct)
    {
        actor.RequireAdmin();
        var host = DnsName.Parse(zone) ?? throw new RuleViolationException("Name.Form", nameof(zone));
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.AccountAllotments.AnyAsync(a => a.AccountId == accountId && a.ClientId == clientId, ct))
        {
            throw new RuleViolationException("Zone.AccountNotAllotted", nameof(clientId));
        }

        var existing = await db.ZoneAllotments.AsNoTracking().FirstOrDefaultAsync(z => z.Zone == host, ct);
        if (existing is not null)
        {
            if (existing.AccountId == accountId && existing.ClientId == clientId)
            {
                return;
            }

            throw new RuleViolationException("Zone.Taken", nameof(zone), ("zone", host));
        }

        var allotment = new ZoneAllotment { Id = Ids.New("z", time), AccountId = accountId, ClientId = clientId, Zone = host, CreatedAt = time.GetUtcNow().UtcDateTime };
        db.ZoneAllotments.Add(allotment);
        db.Audit(actor, time, "zone.allot", clientId, new ObjectRef("zone", allotment.Id, host));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The client's claim of a name, made if nobody has it; saved by the caller.</summary>
    internal async Task<ClaimedName> ClaimAsync(PortalDbContext db, Actor actor, string clientId, string host, CancellationToken ct)
    {
        if (reserved.Contains(host))
        {
            throw new RuleViolationException("Name.Reserved", "Name", ("name", host));
        }

        var existing = await db.Names.FirstOrDefaultAsync(n => n.Name == host, ct);
        if (existing is not null)
        {
            return existing.ClientId == clientId ? existing : throw Taken(host);
        }

        var zones = await db.ZoneAllotments.Where(z => z.ClientId == clientId).ToListAsync(ct);
        var zone = zones.Where(z => DnsName.IsWithin(host, z.Zone)).MaxBy(z => z.Zone.Length);
        var now = time.GetUtcNow().UtcDateTime;
        var name = new ClaimedName
        {
            Id = Ids.New("d", time), ClientId = clientId, Name = host, ZoneAllotmentId = zone?.Id, Zone = zone,
            ProofToken = "portal-" + Ids.RandomText(32), VerifiedAt = zone is null ? null : now, CreatedAt = now,
        };
        db.Names.Add(name);
        db.Audit(actor, time, "name.claim", clientId, new ObjectRef("name", name.Id, host));
        return name;
    }

    /// <summary>
    /// Claims and saves before anything else is tried: a name that still needs its proof stays claimed, with the same token, when the request is refused.
    /// </summary>
    internal async Task ClaimAllAsync(PortalDbContext db, Actor actor, string clientId, IReadOnlyList<string> hosts, CancellationToken ct)
    {
        foreach (var host in hosts)
        {
            await ClaimAsync(db, actor, clientId, host, ct);
            await SaveAsync(db, host, ct);
        }
    }

    /// <summary>Saves; a name somebody else claimed in the same moment is the same refusal as one claimed before.</summary>
    private static async Task SaveAsync(PortalDbContext db, string host, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException?.Message.Contains("IX_names_Name", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw Taken(host);
        }
    }

    private static RuleViolationException Taken(string host) => new("Name.Taken", "Name", ("name", host));

    private static IQueryable<NameRow> Rows(PortalDbContext db, IQueryable<ClaimedName> names) =>
        names.Select(n => new NameRow(
            n.Id, n.ClientId, n.Name, n.VerifiedAt, n.Zone == null ? null : n.Zone.Zone, "_portal-challenge." + n.Name, n.ProofToken,
            db.SiteNames.Where(s => s.NameId == n.Id).Select(s => s.SiteId).FirstOrDefault()));
}

/// <param name="Zone">The allotted zone that proves it, or null.</param>
/// <param name="ProofRecord">Where the TXT record with <paramref name="ProofToken"/> belongs.</param>
/// <param name="SiteId">The site that uses it, or null.</param>
public sealed record NameRow(string Id, string ClientId, string Name, DateTime? VerifiedAt, string? Zone, string ProofRecord, string ProofToken, string? SiteId);
