namespace HostingPortal.Domain.Sites;

/// <summary>Asks a node for a site as a visitor would, with the address given instead of looked up.</summary>
public interface ISiteProbe
{
    /// <summary>
    /// GET <c>https://{name}/</c> at <paramref name="address"/>, certificate verified, redirects not followed.
    /// </summary>
    Task<SiteAnswer> AskAsync(string name, string address, CancellationToken ct);
}

/// <param name="Status">HTTP status, or null when nothing answered.</param>
/// <param name="Error">One plain line when there was no answer or the certificate was refused.</param>
public sealed record SiteAnswer(int? Status, TimeSpan Took, DateTimeOffset? CertificateNotAfter, string? Error)
{
    public bool Answers => Status is >= 200 and < 400;
}
