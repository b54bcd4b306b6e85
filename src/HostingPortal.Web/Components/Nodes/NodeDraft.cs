using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.NodeTemplates;

namespace HostingPortal.Web.Components.Nodes;

/// <summary>What the wizard has gathered so far; works from the first step on because everything has a default.</summary>
public sealed partial class NodeDraft(NodeOffer offer, int nodesInProject)
{
    private static readonly NodeTemplate None = new("", "", "", [], 0, [], [], [], [], new Dictionary<string, IReadOnlyList<string>>());

    public NodeOffer Offer { get; private set; } = offer;

    public NodeTemplate Template { get; private set; } = None;

    public string Location { get; private set; } = "";

    public string ServerType { get; private set; } = "";

    public string Image { get; set; } = "";

    public string Name { get; set; } = "";

    public string OverBudgetReason { get; set; } = "";

    /// <summary>Daily backups by Hetzner; part of every price from here on.</summary>
    public bool Backups { get; private set; }

    /// <summary>On unless taken away: deleting the node here still works, a slip in Hetzner's console does not.</summary>
    public bool Protected { get; set; } = true;

    public void SetBackups(bool on)
    {
        Backups = on;
        Before = null;
        Settle();
    }

    public static NodeDraft Start(NodeOffer offer, int nodesInProject)
    {
        var draft = new NodeDraft(offer, nodesInProject);
        if (offer.Templates.Count > 0)
        {
            draft.Choose(offer.Templates[0]);
        }

        return draft;
    }

    /// <summary>What the choice cost before the last reading, where that moved it; null when it did not, or something else was chosen since.</summary>
    public decimal? Before { get; private set; }

    /// <summary>Fresh prices and availability; every choice stays.</summary>
    public void Renew(NodeOffer offer)
    {
        var before = Price?.Monthly;
        Offer = offer;
        Settle();
        Before = Price is { } now && before is not null && before != now.Monthly ? before : null;
    }

    public void Choose(NodeTemplate template)
    {
        Template = template;
        Before = null;
        Image = template.Images.Count > 0 ? template.Images[0] : "";
        Name = $"{template.Name}-{nodesInProject + 1}";
        var choice = template.ServerTypes
            .SelectMany(type => Offer.Catalog.Locations.Select(place => (Type: type, Place: place.Name)))
            .FirstOrDefault(c => Find(c.Type) is { } type && WhyNot(type, c.Place) is null);
        (ServerType, Location) = choice.Type is not null ? choice : FirstThatFits();
        Settle();
    }

    /// <summary>Another place; keeps the type if it can be had there, else takes the first that fits.</summary>
    public void ChoosePlace(string location)
    {
        Location = location;
        Before = null;
        if (Find(ServerType) is not { } type || WhyNot(type, location) is not null)
        {
            ServerType = Template.ServerTypes.Concat(Offer.Catalog.ServerTypes.Select(t => t.Name))
                .FirstOrDefault(name => Find(name) is { } other && WhyNot(other, location) is null) ?? "";
        }

        Settle();
    }

    public void ChooseType(string name)
    {
        ServerType = name;
        Before = null;
        Settle();
    }

    public CloudServerType? Find(string name) => Offer.Catalog.ServerTypes.FirstOrDefault(t => t.Name == name);

    /// <summary>How many types one can order there with this template.</summary>
    public int TypesAt(string location) => Offer.Catalog.ServerTypes.Count(t => WhyNot(t, location) is null);

    /// <summary>The template's order of preference from 1, or null.</summary>
    public int? RankOf(CloudServerType type) => Template.ServerTypes.ToList().IndexOf(type.Name) is var at and >= 0 ? at + 1 : null;

    /// <summary>Why the type cannot be ordered there as a resource key, or null.</summary>
    public string? WhyNot(CloudServerType type, string location) => WhyNot(Template, type, location);

    /// <summary>Servers of a private network stay in its zone.</summary>
    public bool InOtherZone(CloudLocation place) => Offer.NetworkZone is { } zone && place.NetworkZone != zone;

    /// <summary>The cheapest server for the template that can be had anywhere, its address included; null when there is none.</summary>
    public decimal? From(NodeTemplate template) => Offer.Catalog.ServerTypes
        .SelectMany(type => type.Offers.Where(o => WhyNot(template, type, o.Location) is null).Select(o => (decimal?)(o.Monthly + Offer.Catalog.Ipv4Monthly))).Min();

    private string? WhyNot(NodeTemplate template, CloudServerType type, string location) => type.In(location) switch
    {
        _ when !template.Architectures.Contains(type.Architecture) => "Wizard.OtherProcessor",
        _ when type.MemoryGigabytes < template.MinMemoryGigabytes => "Wizard.TooSmall",
        _ when Offer.Catalog.Locations.Any(l => l.Name == location && InOtherZone(l)) => "Wizard.OtherZone",
        null => "Wizard.NotHere",
        { Available: false } => "Wizard.SoldOut",
        _ => null,
    };

    /// <summary>Another place where the type can be had now, or null.</summary>
    public CloudLocation? Elsewhere(CloudServerType type) =>
        Offer.Catalog.Locations.FirstOrDefault(l => l.Name != Location && type.In(l.Name) is { Available: true } && WhyNot(type, l.Name) is null);

    /// <summary>The price as of the last reading; null while there is no orderable choice.</summary>
    public NodePrice? Price =>
        Find(ServerType) is { } type && WhyNot(type, Location) is null
            ? NodePricing.Of(Offer.Catalog, ServerType, Location, Offer.ClientMonthly, Offer.Budget, Backups)
            : null;

    public OrderNode ToOrder(string projectId) => new(
        projectId, Name.Trim(), Template.Name, ServerType, Location, Image, Price?.Monthly, OverBudgetReason.Trim().Length == 0 ? null : OverBudgetReason.Trim(),
        TakesNext && Chain.Count > 0 ? Chain : null, Backups, Protected);

    private (string Type, string Place) FirstThatFits() =>
        Offer.Catalog.ServerTypes.SelectMany(t => Offer.Catalog.Locations.Select(l => (t, l))).Where(c => WhyNot(c.t, c.l.Name) is null)
            .OrderBy(c => c.t.In(c.l.Name)!.Monthly).Select(c => (c.t.Name, c.l.Name)).FirstOrDefault() is { Item1: not null } found ? found : ("", "");
}
