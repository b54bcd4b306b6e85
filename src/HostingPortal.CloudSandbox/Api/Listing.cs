using System.Globalization;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>Filter, sort and cut a list the way every list of the API is.</summary>
internal static class Listing
{
    /// <summary>Applies <c>name</c> and <c>label_selector</c>.</summary>
    public static IEnumerable<T> Filter<T>(this ApiCall call, IEnumerable<T> items)
        where T : ILabelled
    {
        var name = call.Query["name"].FirstOrDefault();
        var selector = call.Selector();
        return items.Where(item => (string.IsNullOrEmpty(name) || item.Name == name) && (selector is null || selector.Matches(item.Labels)));
    }

    public static LabelSelector? Selector(this ApiCall call)
    {
        var text = call.Query["label_selector"].FirstOrDefault();
        return string.IsNullOrEmpty(text) ? null
            : LabelSelector.Parse(text) ?? throw ApiErrors.InvalidInput("label_selector", "is not a valid label selector");
    }

    /// <summary>Keeps what one of the values of a repeatable parameter names; without the parameter keeps all.</summary>
    public static IEnumerable<T> Among<T>(this ApiCall call, string parameter, IEnumerable<T> items, Func<T, string?> value)
    {
        var wanted = call.Query[parameter].Where(v => !string.IsNullOrEmpty(v)).ToHashSet();
        return wanted.Count == 0 ? items : items.Where(item => wanted.Contains(value(item)));
    }

    /// <summary>Answers one page of a list, with <c>meta.pagination</c> and a <c>Link</c> header.</summary>
    /// <param name="call">The request: <c>page</c>, <c>per_page</c> and <c>sort</c> come from its query.</param>
    /// <param name="key">Name of the list in the answer, e.g. <c>servers</c>.</param>
    /// <param name="items">What passed the filters.</param>
    /// <param name="view">Shape of one item in the answer.</param>
    /// <param name="sorts">The fields that may be sorted by.</param>
    /// <param name="maxPerPage">50, record sets 100.</param>
    public static Reply Page<T>(
        this ApiCall call, string key, IEnumerable<T> items, Func<T, object> view, SortFields<T>? sorts = null, int maxPerPage = 50)
    {
        var sorted = (sorts ?? SortFields<T>.None).Apply(items, call.Query["sort"]).ToList();
        var page = Number(call, "page", 1, int.MaxValue);
        var perPage = Number(call, "per_page", 25, maxPerPage);
        var last = Math.Max(1, (sorted.Count + perPage - 1) / perPage);
        int? previous = page > 1 ? page - 1 : null;
        int? next = page < last ? page + 1 : null;
        var body = new Dictionary<string, object>
        {
            [key] = sorted.Skip((int)Math.Min((page - 1L) * perPage, int.MaxValue)).Take(perPage).Select(view).ToArray(),
            ["meta"] = new
            {
                Pagination = new
                {
                    Page = page, PerPage = perPage, PreviousPage = previous, NextPage = next, LastPage = last, TotalEntries = sorted.Count,
                },
            },
        };
        return new Reply(200, body, Links(call, perPage, [(previous, "prev"), (next, "next"), (last, "last")]));
    }

    private static int Number(ApiCall call, string parameter, int fallback, int max)
    {
        var text = call.Query[parameter].FirstOrDefault();
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw ApiErrors.InvalidInput(parameter, $"must be between 1 and {max}");
    }

    private static string Links(ApiCall call, int perPage, IEnumerable<(int? Page, string Relation)> targets) =>
        string.Join(", ", targets.Where(t => t.Page is not null)
            .Select(t => $"<{call.Address}?page={t.Page}&per_page={perPage}>; rel=\"{t.Relation}\""));
}
