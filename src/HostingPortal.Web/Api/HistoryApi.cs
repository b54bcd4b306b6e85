using HostingPortal.Domain;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;

namespace HostingPortal.Web.Api;

/// <summary>What was changed, and who did what.</summary>
internal static class HistoryApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/changes", ChangesAsync).WithTags("History");
        api.MapGet("/audit", AuditAsync).WithTags("History");
        api.MapGet("/audit.csv", ExportAsync).Produces<string>(StatusCodes.Status200OK, "text/csv").WithTags("History");
    }

    private static async Task<ApiPage<ChangeRow>> ChangesAsync(
        Caller caller, [AsParameters] ChangeFilter filter, [AsParameters] ApiList list, ChangeService service, CancellationToken ct)
    {
        var query = list.ToQuery();
        return (await service.ListAsync(caller.Actor, filter, query, ct)).ToApi(query);
    }

    private static async Task<ApiPage<AuditRow>> AuditAsync(
        Caller caller, [AsParameters] AuditFilter filter, [AsParameters] ApiList list, AuditService service, CancellationToken ct)
    {
        var query = list.ToQuery();
        return (await service.ListAsync(caller.Actor, filter, query, ct)).ToApi(query);
    }

    private static Task ExportAsync(Caller caller, [AsParameters] AuditFilter filter, string? search, HttpContext http, AuditService service, CancellationToken ct) =>
        AuditDownload.WriteAsync(http.Response, service.ExportAsync(caller.Actor, filter, new PageQuery(search), ct), ct);
}
