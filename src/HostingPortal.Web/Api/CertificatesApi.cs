using HostingPortal.Domain;
using HostingPortal.Domain.Sites;

namespace HostingPortal.Web.Api;

/// <summary>Certificates of sites: what they cover, when they end, why the last try failed.</summary>
internal static class CertificatesApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/certificates", ListAsync).WithTags("Certificates");

    private static async Task<ApiPage<CertificateRow>> ListAsync(
        Caller caller, string? projectId, CertificateFilter? show, [AsParameters] ApiList list, CertificateQueries certificates, CancellationToken ct)
    {
        var query = list.ToQuery("name", "end");
        return (await certificates.ListAsync(caller.Actor, projectId, show, query, ct)).ToApi(query);
    }
}
