using System.Globalization;
using HostingPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Shared;

/// <summary>What a list shows, as it stands in the address: <c>?q=web&amp;sort=-since&amp;page=2</c>.</summary>
public sealed record ListQuery(string? Search, string? Sort, bool Descending, int Page)
{
    public static ListQuery Read(string? search, string? sort, int? page) => new(
        string.IsNullOrWhiteSpace(search) ? null : search,
        sort?.TrimStart('-'),
        sort?.StartsWith('-') == true,
        Math.Max(page ?? 1, 1));

    public PageQuery ToPageQuery() => new(Search, Sort, Descending, Page);

    public string Address(NavigationManager navigation) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = Search,
        ["sort"] = Sort is null ? null : (Descending ? "-" : "") + Sort,
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
    });

    /// <summary>The same list sorted by a column; a second time the other way round.</summary>
    public ListQuery SortedBy(string column) => this with { Sort = column, Descending = Sort == column && !Descending, Page = 1 };
}
