using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;

namespace HostingPortal.Web.Components.Nodes;

/// <summary>What is taken when the choice is sold out at the moment of the order.</summary>
public sealed partial class NodeDraft
{
    private const int Longest = 5;
    private const int ToBeginWith = 2;

    private readonly List<NodeFallback> chain = [];

    /// <summary>Off: the run stops and asks.</summary>
    public bool TakesNext { get; private set; }

    public IReadOnlyList<NodeFallback> Chain => chain;

    /// <summary>The next that could be added, or null.</summary>
    public NodeFallback? Suggestion => chain.Count >= Longest ? null : Candidates().FirstOrDefault();

    /// <summary>The most that can be paid a month; null while there is no orderable choice.</summary>
    public decimal? Ceiling => Price is { } price ? chain.Select(f => f.Monthly).Append(price.Monthly).Max() : null;

    public void TakeNext(bool on)
    {
        TakesNext = on;
        while (on && chain.Count < ToBeginWith && Suggestion is { } next)
        {
            chain.Add(next);
        }
    }

    public void Extend()
    {
        if (Suggestion is { } next)
        {
            chain.Add(next);
        }
    }

    public void LeaveOut(NodeFallback fallback) => chain.Remove(fallback);

    /// <summary>Drops what is the choice itself or can no longer be had, and takes over new prices.</summary>
    private void Settle()
    {
        var kept = chain.Where(f => !IsChoice(f.ServerType, f.Location)).Select(f => Find(f.ServerType) is { } type && WhyNot(type, f.Location) is null ? Of(type, f.Location) : null).OfType<NodeFallback>().ToList();
        chain.Clear();
        chain.AddRange(kept);
    }

    /// <summary>The template's other types in the same place, then the same type elsewhere in its network zone, then the rest there by price.</summary>
    private IEnumerable<NodeFallback> Candidates()
    {
        var zone = ZoneOf(Location);
        var places = Offer.Catalog.Locations.Where(l => l.NetworkZone == zone).Select(l => l.Name).OrderBy(l => l != Location).ToList();
        return Offer.Catalog.ServerTypes.SelectMany(type => places.Select(place => (Type: type, Place: place)))
            .Where(c => WhyNot(c.Type, c.Place) is null && !IsChoice(c.Type.Name, c.Place) && !chain.Exists(f => f.ServerType == c.Type.Name && f.Location == c.Place))
            .OrderBy(c => c.Place == Location && RankOf(c.Type) is { } rank ? rank : c.Type.Name == ServerType ? 100 : 200).ThenBy(c => c.Type.In(c.Place)!.Monthly)
            .Select(c => Of(c.Type, c.Place));
    }

    private bool IsChoice(string type, string place) => type == ServerType && place == Location;

    private NodeFallback Of(CloudServerType type, string place) => new(type.Name, place, NodePricing.Of(Offer.Catalog, type.Name, place, 0, null, Backups).Monthly);

    private string? ZoneOf(string place) => Offer.Catalog.Locations.FirstOrDefault(l => l.Name == place)?.NetworkZone;
}
