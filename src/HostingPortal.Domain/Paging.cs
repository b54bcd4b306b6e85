namespace HostingPortal.Domain;

/// <summary>What a list is asked for. <see cref="Sort"/> is one of the list's own names, never a column.</summary>
public sealed record PageQuery(string? Search = null, string? Sort = null, bool Descending = false, int Page = 1, int PageSize = 50)
{
    public int Skip => (Math.Max(Page, 1) - 1) * Take;

    public int Take => Math.Clamp(PageSize, 1, 200);

    /// <summary>The search text cut into words, each of which must match; at most six.</summary>
    public IReadOnlyList<string> Words => (Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6).ToList();
}

/// <param name="Total">Rows in all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total)
{
    /// <summary>There are more than <see cref="Total"/>: a search stops counting where nobody would read on.</summary>
    public bool More { get; init; }
}
