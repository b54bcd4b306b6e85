using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;

namespace HostingPortal.Domain.Sites;

/// <summary>A web site on a node, served under one or more names.</summary>
public sealed class Site
{
    public const int DetailLength = 2000;

    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string ClientId { get; init; }

    public required string NodeId { get; init; }

    public Node? Node { get; init; }

    public required SiteKind Kind { get; init; }

    /// <summary>E.g. <c>8.4</c>; null for static sites.</summary>
    public string? PhpVersion { get; set; }

    /// <summary>Unix user, generated, never changes.</summary>
    public required string UnixUser { get; init; }

    public required string CertificateId { get; init; }

    public Certificate? Certificate { get; init; }

    public List<SiteName> Names { get; } = [];

    /// <summary>Rendered as <c>state: absent</c> until a converge removed it.</summary>
    public bool Removed { get; set; }

    public required SiteState State { get; set; }

    public string? StateReason { get; set; }

    /// <summary>Technical text behind <see cref="StateReason"/>, e.g. the line nginx refused.</summary>
    public string? StateDetail { get; set; }

    public DateTime StateSince { get; set; }

    /// <summary>How long the last answer took, in milliseconds.</summary>
    public int? AnswerMilliseconds { get; set; }

    public long DesiredRevision { get; set; }

    public long AppliedRevision { get; set; }

    public required DateTime CreatedAt { get; init; }

    public SiteName? Canonical => Names.FirstOrDefault(n => n.Canonical);
}

/// <summary>A verified name of a site. The canonical one is where the others redirect to.</summary>
public sealed class SiteName
{
    public required string ClientId { get; init; }

    public required string SiteId { get; init; }

    public required string NameId { get; init; }

    public ClaimedName? Name { get; init; }

    public bool Canonical { get; set; }
}

public enum SiteKind
{
    Static,
    Php,
}

public enum SiteState
{
    SettingUp,
    Online,
    Slow,
    DoesNotAnswer,
    Suspended,
    Maintenance,
    Removing,

    /// <summary>It never got onto its node; the reason says why.</summary>
    Failed,
}
