using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.NodeTemplates;

namespace HostingPortal.Domain.Nodes;

/// <summary>Prices an order from the catalogue; pure.</summary>
public static class NodePricing
{
    /// <summary>Refuses a type too small for the template or of another processor; an unknown one is left to the price.</summary>
    public static void RequireFit(CloudCatalog catalog, NodeTemplate template, string serverType)
    {
        var type = catalog.ServerTypes.FirstOrDefault(t => t.Name == serverType);
        if (type is not null && (type.MemoryGigabytes < template.MinMemoryGigabytes || !template.Architectures.Contains(type.Architecture)))
        {
            throw new RuleViolationException("Node.TypeTooSmall", "ServerType", ("type", type.Name), ("template", template.Name), ("memory", template.MinMemoryGigabytes));
        }
    }

    /// <exception cref="RuleViolationException">Unknown type or place, or not orderable there.</exception>
    public static NodePrice Of(CloudCatalog catalog, string serverType, string location, decimal clientMonthly, decimal? budget, bool backups = false)
    {
        var type = catalog.ServerTypes.FirstOrDefault(t => t.Name == serverType) ?? throw new RuleViolationException("Node.TypeUnknown", "ServerType", ("type", serverType));
        var offer = type.In(location) ?? throw new RuleViolationException("Node.TypeNotThere", "ServerType", ("type", serverType), ("location", location));
        if (!offer.Available)
        {
            throw new RuleViolationException("Node.SoldOut", "ServerType", ("type", serverType), ("location", location));
        }

        var backup = Backup(catalog, offer, backups);
        var monthly = offer.Monthly + catalog.Ipv4Monthly + backup;
        var after = clientMonthly + monthly;
        var hourly = backups ? offer.Hourly * (1 + (catalog.BackupPercentage / 100)) : offer.Hourly;
        return new NodePrice(offer.Monthly, catalog.Ipv4Monthly, monthly, hourly, catalog.Currency, after, budget, after > budget, backup);
    }

    /// <summary>Net a month, at most: the server, its address and, where wanted, backups.</summary>
    internal static decimal Monthly(CloudCatalog catalog, CloudOffer offer, bool backups) => offer.Monthly + catalog.Ipv4Monthly + Backup(catalog, offer, backups);

    /// <summary>A share of the server's price, to the next cent: what is shown is what is paid at most.</summary>
    private static decimal Backup(CloudCatalog catalog, CloudOffer offer, bool wanted) => wanted ? Math.Ceiling(offer.Monthly * catalog.BackupPercentage) / 100 : 0;
}
