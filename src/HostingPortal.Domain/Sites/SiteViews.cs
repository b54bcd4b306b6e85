using HostingPortal.Domain.Certificates;

namespace HostingPortal.Domain.Sites;

/// <param name="NodeId">Null: the project's only node that can serve sites.</param>
/// <param name="Names">Host names; the first is the main name, the others redirect to it.</param>
/// <param name="PhpVersion">Null for static sites, or for the newest the node offers.</param>
public sealed record CreateSite(string ProjectId, string? NodeId, IReadOnlyList<string> Names, SiteKind Kind, string? PhpVersion = null);

/// <summary>Null leaves a thing as it is. <see cref="Names"/> replaces all names; the first is the main name.</summary>
public sealed record ChangeSite(IReadOnlyList<string>? Names = null, string? PhpVersion = null);

public sealed record SiteStarted(string SiteId, long RunId);

/// <param name="WorkingRunId">The run that carries its newest change and has not ended, or null.</param>
public sealed record SiteRow(
    string Id, string ClientId, string ClientName, string ProjectId, string ProjectName, string NodeId, string NodeName, string MainName, SiteKind Kind, string? PhpVersion,
    SiteState State, string? StateReason, string? StateDetail, DateTime StateSince, int? AnswerMilliseconds, string UnixUser,
    CertificateState CertificateState, DateTime? CertificateNotAfter, string? CertificateError, bool InStep, long? WorkingRunId, DateTime CreatedAt,
    IReadOnlyList<SiteNameRow> Names);

public sealed record SiteNameRow(string NameId, string Name, bool Canonical, bool Verified, string? Zone);
