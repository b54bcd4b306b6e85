using HostingPortal.Domain;

namespace HostingPortal.Web.Api;

/// <summary>What every list takes in its address.</summary>
internal sealed record ApiList
{
    private const int LargestPage = 200;

    /// <summary>From 1.</summary>
    public int? Page { get; init; }

    /// <summary>1 to 200.</summary>
    public int? PageSize { get; init; }

    /// <summary>Words, each of which must match.</summary>
    public string? Search { get; init; }

    /// <summary>One of the list's own names.</summary>
    public string? Sort { get; init; }

    public bool? Desc { get; init; }

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
