using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>Customers.</summary>
public sealed class ClientService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int MostNames = 1_000;

    public async Task<Page<ClientRow>> ListAsync(Actor actor, PageQuery query, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var clients = db.Clients.AsNoTracking().VisibleTo(actor);
        foreach (var word in query.Words)
        {
            clients = clients.Where(c => c.Name.Contains(word));
        }

        var sorted = query.Sort == "since"
            ? (query.Descending ? clients.OrderByDescending(c => c.CreatedAt) : clients.OrderBy(c => c.CreatedAt))
            : (query.Descending ? clients.OrderByDescending(c => c.Name) : clients.OrderBy(c => c.Name));
        return await sorted.ThenBy(c => c.Id).Select(c => c.Id)
            .ToPageAsync(clients, shown => Rows(db, db.Clients.AsNoTracking().Where(c => shown.Contains(c.Id))), c => c.Id, query, ct);
    }

    /// <summary>Names alone, sorted, at most a thousand: what a choice needs.</summary>
    public async Task<IReadOnlyList<ClientName>> ListNamesAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Clients.AsNoTracking().VisibleTo(actor).OrderBy(c => c.Name).Take(MostNames).Select(c => new ClientName(c.Id, c.Name)).ToListAsync(ct);
    }

    public async Task<ClientRow> GetAsync(Actor actor, string clientId, CancellationToken ct)
    {
        actor.RequireRead(clientId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await Rows(db, db.Clients.AsNoTracking().Where(c => c.Id == clientId)).FirstOrDefaultAsync(ct) ?? throw new NotFoundException();
    }

    public async Task<ClientRow> CreateAsync(Actor actor, CreateClient request, CancellationToken ct)
    {
        actor.RequireAdmin();
        var name = Text.Line(request.Name, Client.NameLength, nameof(request.Name));
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Clients.AnyAsync(c => c.Name == name, ct))
        {
            throw new RuleViolationException("Client.NameTaken", nameof(request.Name), ("name", name));
        }

        var client = new Client { Id = Ids.New("c", time), Name = name, CreatedAt = time.GetUtcNow().UtcDateTime };
        db.Clients.Add(client);
        db.Audit(actor, time, "client.create", client.Id, new ObjectRef("client", client.Id, name));
        await db.SaveChangesAsync(ct);
        return new ClientRow(client.Id, name, client.CreatedAt, 0, 0, 0, 0m);
    }

    private static IQueryable<ClientRow> Rows(PortalDbContext db, IQueryable<Client> clients) =>
        clients.Select(c => new ClientRow(
            c.Id,
            c.Name,
            c.CreatedAt,
            db.Projects.Count(p => p.ClientId == c.Id),
            db.Nodes.Count(n => n.Project!.ClientId == c.Id && n.State != Nodes.NodeState.Removed),
            db.Sites.Count(s => s.ClientId == c.Id && !s.Removed),
            db.Nodes.Where(n => n.Project!.ClientId == c.Id && n.State != Nodes.NodeState.Removed).Sum(n => n.MonthlyPrice)));
}

public sealed record CreateClient(string Name);

/// <param name="Monthly">Net per month of all nodes.</param>
public sealed record ClientRow(string Id, string Name, DateTime CreatedAt, int Projects, int Nodes, int Sites, decimal Monthly);

public sealed record ClientName(string Id, string Name);

internal static class ClientQueries
{
    public static IQueryable<Client> VisibleTo(this IQueryable<Client> clients, Actor actor)
    {
        var ids = actor.ClientIds.ToList();
        return actor.IsStaff ? clients : clients.Where(c => ids.Contains(c.Id));
    }
}
