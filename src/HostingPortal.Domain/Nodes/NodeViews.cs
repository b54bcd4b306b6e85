using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.NodeTemplates;

namespace HostingPortal.Domain.Nodes;

/// <param name="Fallbacks">Taken in this order, without asking, where Hetzner has sold out; none: the run stops and asks.</param>
/// <param name="Backups">Daily backups by Hetzner, for a share of the server's price.</param>
/// <param name="Protected">Hetzner refuses to delete the server until the protection is lifted; deleting the node here lifts it.</param>
/// <param name="ExpectedMonthly">The price the person saw; an order at another price is refused with <c>Node.PriceMoved</c>.</param>
public sealed record OrderNode(
    string ProjectId,
    string Name,
    string Template,
    string ServerType,
    string Location,
    string Image,
    decimal? ExpectedMonthly,
    string? OverBudgetReason = null,
    IReadOnlyList<NodeFallback>? Fallbacks = null,
    bool Backups = false,
    bool Protected = false);

/// <summary>What the wizard shows: templates, and what Hetzner offers right now.</summary>
/// <param name="NetworkZone">Where the project's private network lies, e.g. <c>eu-central</c>: its servers can be nowhere else. Null: anywhere.</param>
/// <param name="ReadySeconds">Template → median of its last nodes from order to ready; templates nobody ordered yet are missing.</param>
public sealed record NodeOffer(
    CloudCatalog Catalog, IReadOnlyList<NodeTemplate> Templates, decimal ProjectMonthly, decimal ClientMonthly, decimal? Budget,
    string? NetworkZone, IReadOnlyDictionary<string, int> ReadySeconds);

/// <summary>A priced order. <see cref="Monthly"/> is the sum, at most, net.</summary>
/// <param name="Backup">Share of <paramref name="Monthly"/> for backups.</param>
/// <param name="OverBudget">True when <paramref name="AfterMonthly"/> passes the budget.</param>
public sealed record NodePrice(decimal Server, decimal Ipv4, decimal Monthly, decimal Hourly, string Currency, decimal AfterMonthly, decimal? Budget, bool OverBudget, decimal Backup = 0);

/// <param name="WorkingRunId">The run that works on it now, or null.</param>
public sealed record NodeRow(
    string Id, string ProjectId, string ProjectName, string ClientId, string ClientName, string Name, string Template, string TemplateVersion,
    string ServerType, string Location, string Image, decimal MonthlyPrice, string Currency, NodeState State, string? StateReason, DateTime StateSince,
    DateTime CreatedAt, DateTime? ReadyAt, long? CloudServerId, string? PublicIpv4, string? PublicIpv6, string? HostKey,
    bool InStep, string? ConvergedContent, int Sites, long? WorkingRunId, long? LastRunId, string? PrivateIpv4 = null)
{
    public bool Backups { get; init; }

    public bool Protected { get; init; }
}

public sealed record OrderedNode(string NodeId, long RunId);
