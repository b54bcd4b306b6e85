using HostingPortal.Domain.Dashboard;

namespace HostingPortal.Web.Api;

internal static class DashboardApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/dashboard", async (Caller caller, DashboardService service, CancellationToken ct) =>
            new Overview(await service.GetFiguresAsync(caller.Actor, ct), await service.GetAttentionAsync(caller.Actor, ct))).WithTags("Dashboard");

    /// <param name="Attention">What needs a person, newest first.</param>
    internal sealed record Overview(DashboardFigures Figures, IReadOnlyList<AttentionRow> Attention);
}
