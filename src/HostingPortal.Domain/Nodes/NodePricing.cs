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
    public static NodePrice Of(CloudCatalog catalog, string serverType, string location, decimal clientMonthly, decimal? budget)
    {
        var type = catalog.ServerTypes.FirstOrDefault(t => t.Name == serverType) ?? throw new RuleViolationException("Node.TypeUnknown", "ServerType", ("type", serverType));
        var offer = type.In(location) ?? throw new RuleViolationException("Node.TypeNotThere", "ServerType", ("type", serverType), ("location", location));
        if (!offer.Available)
        {
            throw new RuleViolationException("Node.SoldOut", "ServerType", ("type", serverType), ("location", location));
        }

        var monthly = offer.Monthly + catalog.Ipv4Monthly;
        var after = clientMonthly + monthly;
        return new NodePrice(offer.Monthly, catalog.Ipv4Monthly, monthly, offer.Hourly, catalog.Currency, after, budget, after > budget);
    }
}
