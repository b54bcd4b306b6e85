using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Sites;

/// <summary>Suspends a client: its people may look but change nothing, and its sites go on serving or answer 503, as chosen.</summary>
public sealed class SuspensionService(IDbContextFactory<PortalDbContext> contexts, RunQueue queue, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Calling it again changes the reason or the choice. Returns the runs that carry it to the nodes; none where the sites stay as they are.</summary>
    /// <param name="reason">One sentence the client's people read.</param>
    public Task<IReadOnlyList<long>> SuspendAsync(Actor actor, string clientId, string reason, bool sitesServe, CancellationToken ct)
    {
        actor.RequireAdmin();
        var line = Text.Line(reason, Client.ReasonLength, nameof(reason));
        return ChangeAsync(actor, clientId, "client.suspend", line, client =>
            (client.SuspendedAt, client.SuspendReason, client.SitesServe) = (client.SuspendedAt ?? time.GetUtcNow().UtcDateTime, line, sitesServe), ct);
    }

    public Task<IReadOnlyList<long>> ResumeAsync(Actor actor, string clientId, CancellationToken ct)
    {
        actor.RequireAdmin();
        return ChangeAsync(actor, clientId, "client.resume", null, client => (client.SuspendedAt, client.SuspendReason, client.SitesServe) = (null, null, true), ct);
    }

    private async Task<IReadOnlyList<long>> ChangeAsync(Actor actor, string clientId, string verb, string? detail, Action<Client> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginAsync(ct);
        await db.LockClientAsync(clientId, ct);
        var client = await db.Clients.FirstAsync(c => c.Id == clientId, ct);
        var served = client.SitesServe;
        change(client);
        db.Audit(actor, time, verb, client.Id, new ObjectRef("client", client.Id, client.Name), detail);
        await db.SaveChangesAsync(ct);
        var runs = served == client.SitesServe ? [] : await ConvergeAsync(db, actor, client, verb, ct);
        await transaction.CommitAsync(ct);
        feed.Publish("client", client.Id, client.Id);
        runs.ForEach(queue.Announce);
        return runs.ConvertAll(r => r.Id);
    }

    /// <summary>Every node with a site of the client gets the new rendering.</summary>
    private async Task<List<Run>> ConvergeAsync(PortalDbContext db, Actor actor, Client client, string verb, CancellationToken ct)
    {
        var runs = new List<Run>();
        var sites = await db.Sites.Include(s => s.Node).Where(s => s.ClientId == client.Id && !s.Removed && s.Node!.State != NodeState.Removing && s.Node.State != NodeState.Removed)
            .OrderBy(s => s.NodeId).ToListAsync(ct);
        foreach (var group in sites.GroupBy(s => s.Node!))
        {
            var node = group.Key;
            node.DesiredRevision = (await db.Database.SqlQuery<long>($"SELECT DesiredRevision AS Value FROM nodes WHERE Id = {node.Id} FOR UPDATE").ToListAsync(ct))[0] + 1;
            foreach (var site in group)
            {
                site.DesiredRevision = node.DesiredRevision;
            }

            var change = db.Change(
                actor, time, verb, new Scope(client.Id, node.ProjectId, node.Id, "sites"), new ObjectRef("client", client.Id, client.Name), null, new { client.SitesServe });
            runs.Add(await queue.CarryAsync(db, new RunOrder(actor, RunKind.Converge, RunWish.Change, client.Id, node.ProjectId, [(node.Id, node.Name)]), change, ct));
        }

        return runs;
    }
}
