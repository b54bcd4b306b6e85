using HostingPortal.Domain.Certificates;

namespace HostingPortal.Domain.Sites;

public enum CertificateFilter
{
    Failing,

    /// <summary>Within <see cref="CertificateQueries.Soon"/>, or over.</summary>
    Ending,

    /// <summary>Not there yet.</summary>
    Ordered,
}

/// <param name="Names">What it covers, the main one first.</param>
/// <param name="NotAfter">UTC; null until it was obtained.</param>
/// <param name="LastError">What the last try said when it failed.</param>
public sealed record CertificateRow(
    string Id, string SiteId, string ClientId, string ProjectId, string ProjectName, string NodeId, string NodeName, IReadOnlyList<string> Names,
    CertificateState State, DateTime? NotAfter, DateTime? LastTriedAt, string? LastError);
