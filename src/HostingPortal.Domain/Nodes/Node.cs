using HostingPortal.Domain.Projects;

namespace HostingPortal.Domain.Nodes;

/// <summary>A server of a project, as it should be and as it was last seen.</summary>
public sealed class Node
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public Project? Project { get; init; }

    /// <summary>Host name, unique in its project, e.g. <c>web-1</c>. Never changes.</summary>
    public required string Name { get; init; }

    public required string Template { get; init; }

    public required string TemplateVersion { get; set; }

    public required string ServerType { get; set; }

    public required string Location { get; set; }

    /// <summary>What is ordered instead, in order, where Hetzner has sold out; empty: the run stops and asks.</summary>
    public IReadOnlyList<NodeFallback> Fallbacks { get; set; } = [];

    /// <summary>Hetzner image name, e.g. <c>debian-13</c>.</summary>
    public required string Image { get; init; }

    /// <summary>Net per month at order time, address included.</summary>
    public required decimal MonthlyPrice { get; set; }

    public required string Currency { get; init; }

    /// <summary>Ordered with Hetzner's daily backups, which <see cref="MonthlyPrice"/> includes.</summary>
    public bool Backups { get; init; }

    /// <summary>Ordered with Hetzner's protection against deletion; the portal's own deletion, confirmed by name, lifts it.</summary>
    public bool Protected { get; init; }

    public required NodeState State { get; set; }

    /// <summary>Reason code for a state that needs care, else null.</summary>
    public string? StateReason { get; set; }

    public DateTime StateSince { get; set; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? ReadyAt { get; set; }

    public long? CloudServerId { get; set; }

    public string? PublicIpv4 { get; set; }

    public string? PublicIpv6 { get; set; }

    /// <summary>Address in the project's private network; null in direct projects.</summary>
    public string? PrivateIpv4 { get; set; }

    /// <summary>Pinned host key, <c>ssh-ed25519 AAAA…</c>.</summary>
    public string? HostKey { get; set; }

    /// <summary>The key the node announced while rotating; pinned besides the old one until the node said it uses it.</summary>
    public string? NextHostKey { get; set; }

    /// <summary>The private half sent by cloud-init; deleted once the first play has rotated the key.</summary>
    public string? FirstHostKeySecretId { get; set; }

    public string? BrokerSecretId { get; set; }

    /// <summary>SHA-256 of the credential that lets the node ask the DNS broker.</summary>
    public byte[]? BrokerHash { get; set; }

    public string? DatabaseSecretId { get; set; }

    /// <summary>Rises with every change of what should be.</summary>
    public long DesiredRevision { get; set; }

    public long AppliedRevision { get; set; }

    /// <summary>Content version of the last full converge that succeeded.</summary>
    public string? ConvergedContent { get; set; }
}

public enum NodeState
{
    Planned,
    Provisioning,
    Ready,
    Drift,
    LastRunFailed,
    Unreachable,
    Off,
    NeedsDecision,
    Removing,
    Removed,
}
