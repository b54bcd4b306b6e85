using HostingPortal.Domain;

namespace HostingPortal.Web.Api;

/// <summary>What every list takes in its address.</summary>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">1 to 200.</param>
/// <param name="Search">Words, each of which must match.</param>
/// <param name="Sort">One of the list's own names.</param>
internal sealed record ApiList(int? Page, int? PageSize, string? Search, string? Sort, bool? Desc)
{
    private const int LargestPage = 200;

    /// <exception cref="RuleViolationException">A page that cannot be, or a sort the list does not know.</exception>
    public PageQuery ToQuery(params string[] sorts)
    {
        if (Page is < 1)
        {
            throw new RuleViolationException("List.PageNumber", nameof(Page));
        }

        if (PageSize is < 1 or > LargestPage)
        {
            throw new RuleViolationException("List.PageSize", nameof(PageSize), ("max", LargestPage));
        }

        if (Sort is not null && !sorts.Contains(Sort))
        {
            throw new RuleViolationException("List.Sort", nameof(Sort), ("offered", string.Join(", ", sorts)));
        }

        return new PageQuery(Search, Sort, Desc ?? false, Page ?? 1, PageSize ?? 50);
    }
}

/// <param name="Total">Entries in all pages.</param>
/// <param name="More">There are more than <paramref name="Total"/>: a search in a long history stops counting.</param>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, int Total, int Page, int PageSize, bool More);

internal static class ApiPages
{
    public static ApiPage<T> ToApi<T>(this Page<T> page, PageQuery query) => new(page.Items, page.Total, query.Page, query.Take, page.More);
}
