using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>What a client may have at most: set by admins.</summary>
public sealed class ClientPlanService(IDbContextFactory<PortalDbContext> contexts, ChangeFeed feed, TimeProvider time)
{
    public const int MaxCount = 100_000;
    public const decimal MaxMoney = 1_000_000m;

    public async Task<ClientPlan> GetAsync(Actor actor, string clientId, CancellationToken ct)
    {
        actor.RequireRead(clientId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Clients.AsNoTracking().Where(c => c.Id == clientId)
            .Select(c => new ClientPlan(new ClientQuota(c.MaxProjects, c.MaxNodes, c.MaxSites, c.MaxMonthly), c.SuspendedAt, c.SuspendReason, c.SitesServe)).FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException();
    }

    public async Task SetQuotaAsync(Actor actor, string clientId, ClientQuota quota, CancellationToken ct)
    {
        actor.RequireAdmin();
        foreach (var (count, field) in new[] { (quota.Projects, nameof(quota.Projects)), (quota.Nodes, nameof(quota.Nodes)), (quota.Sites, nameof(quota.Sites)) })
        {
            if (count is < 0 or > MaxCount)
            {
                throw new RuleViolationException("Quota.Count", field, ("max", MaxCount));
            }
        }

        if (quota.Monthly is < 0 or > MaxMoney)
        {
            throw new RuleViolationException("Quota.Amount", nameof(quota.Monthly), ("max", MaxMoney));
        }

        await ChangeAsync(actor, clientId, "client.quota", quota.ToString(), client =>
            (client.MaxProjects, client.MaxNodes, client.MaxSites, client.MaxMonthly) = (quota.Projects, quota.Nodes, quota.Sites, quota.Monthly), ct);
    }

    private async Task ChangeAsync(Actor actor, string clientId, string action, string? detail, Action<Client> change, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var client = await db.Clients.FirstOrDefaultAsync(c => c.Id == clientId, ct) ?? throw new NotFoundException();
        change(client);
        db.Audit(actor, time, action, client.Id, new ObjectRef("client", client.Id, client.Name), detail);
        await db.SaveChangesAsync(ct);
        feed.Publish("client", client.Id, client.Id);
    }
}

/// <summary>Null: no limit.</summary>
/// <param name="Monthly">Net for all nodes in all accounts.</param>
public sealed record ClientQuota(int? Projects, int? Nodes, int? Sites, decimal? Monthly);

/// <param name="SitesServe">While suspended: whether visitors still get the sites.</param>
/// <param name="SuspendReason">Shown to the client's people while it is suspended.</param>
public sealed record ClientPlan(ClientQuota Quota, DateTime? SuspendedAt, string? SuspendReason, bool SitesServe);
