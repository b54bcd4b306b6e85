using HostingPortal.Domain.Search;

namespace HostingPortal.Web.Api;

/// <summary>One search over everything the caller may see.</summary>
internal static class SearchApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/search", async (Caller caller, string? q, SearchService search, CancellationToken ct) => await search.FindAsync(caller.Actor, q ?? "", ct)).WithTags("Search");
}
