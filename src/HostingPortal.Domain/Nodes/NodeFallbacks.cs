using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using HostingPortal.Domain.NodeTemplates;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Runs;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Nodes;

/// <summary>What an order takes by itself where Hetzner has sold out what stands before it.</summary>
/// <param name="Monthly">Sum a month as the person saw it, address and wanted backups included; at a higher price it is not taken.</param>
public sealed record NodeFallback(string ServerType, string Location, decimal Monthly);

/// <summary>The chain behind an order: checked when it is placed, followed when Hetzner has sold out.</summary>
internal sealed class NodeFallbacks(IDbContextFactory<PortalDbContext> contexts, IServerCloud cloud, TimeProvider time)
{
    public const int Most = 5;

    /// <summary>Hetzner's code for a type that is not to be had there now; nothing was made.</summary>
    private const string SoldOut = "hetzner.resource_unavailable";

    /// <summary>Refuses a chain that repeats itself, is too long, does not fit the template or has another price than the person saw. Returns the highest price in it.</summary>
    public static decimal Check(CloudCatalog catalog, NodeTemplate template, OrderNode request, decimal first)
    {
        var chain = request.Fallbacks ?? [];
        if (chain.Count > Most || chain.Select(f => (f.ServerType, f.Location)).Append((request.ServerType, request.Location)).Distinct().Count() <= chain.Count)
        {
            throw new RuleViolationException("Node.Fallbacks", nameof(request.Fallbacks), ("most", Most));
        }

        foreach (var next in chain)
        {
            NodePricing.RequireFit(catalog, template, next.ServerType);
            var now = Monthly(catalog, next, request.Backups) ?? throw new RuleViolationException("Node.TypeNotThere", nameof(request.Fallbacks), ("type", next.ServerType), ("location", next.Location));
            if (now != next.Monthly)
            {
                throw new RuleViolationException("Node.PriceMoved", nameof(request.Fallbacks), ("before", next.Monthly), ("now", now));
            }
        }

        return chain.Select(f => f.Monthly).Append(first).Max();
    }

    /// <summary>The order, and where it is sold out the same with the next of the chain. What is ordered is always what the node's row says.</summary>
    /// <exception cref="OutsideException"><c>hetzner.resource_unavailable</c> when nothing of the chain can be had.</exception>
    public async Task<CloudServer> CreateAsync(Secret token, RunContext run, string nodeId, Func<Task<CloudServerOrder>> describe, CancellationToken ct)
    {
        while (true)
        {
            var order = await describe();
            try
            {
                return await cloud.CreateServerAsync(token, order, ct);
            }
            catch (OutsideException error) when (error.Code == SoldOut)
            {
                if (await TakeNextAsync(token, run, nodeId, ct) is not { } next)
                {
                    throw;
                }

                await run.LineAsync($"{order.ServerType} in {order.Location} is sold out; taking {next.ServerType} in {next.Location}", ct);
            }
        }
    }

    /// <summary>Gives the node the next type and place that can be had at its price; null: none.</summary>
    private async Task<NodeFallback?> TakeNextAsync(Secret token, RunContext run, string nodeId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var node = await db.Nodes.FirstAsync(n => n.Id == nodeId, ct);
        if (node.Fallbacks.Count == 0)
        {
            return null;
        }

        var catalog = await cloud.GetCatalogAsync(token, ct);
        var at = node.Fallbacks.ToList().FindIndex(f => Offer(catalog, f) is { Available: true } && Monthly(catalog, f, node.Backups) <= f.Monthly);
        var next = at < 0 ? null : node.Fallbacks[at];
        if (next is not null)
        {
            var before = new { node.ServerType, node.Location, node.MonthlyPrice };
            (node.ServerType, node.Location, node.MonthlyPrice) = (next.ServerType, next.Location, Monthly(catalog, next, node.Backups)!.Value);
            var change = db.Change(
                Actor.System, time, "node.next-choice", new Scope(run.Run.ClientId, run.Run.ProjectId, node.Id, "node"), new ObjectRef("node", node.Id, node.Name),
                before, new { node.ServerType, node.Location, node.MonthlyPrice });
            change.RunId = run.Run.Id;
        }

        node.Fallbacks = at < 0 ? [] : [.. node.Fallbacks.Skip(at + 1)];
        await db.SaveChangesAsync(ct);
        return next;
    }

    private static CloudOffer? Offer(CloudCatalog catalog, NodeFallback fallback) => catalog.ServerTypes.FirstOrDefault(t => t.Name == fallback.ServerType)?.In(fallback.Location);

    private static decimal? Monthly(CloudCatalog catalog, NodeFallback fallback, bool backups) => Offer(catalog, fallback) is { } offer ? NodePricing.Monthly(catalog, offer, backups) : null;
}
