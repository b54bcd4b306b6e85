using HostingPortal.CloudSandbox.State;
using Microsoft.Extensions.Primitives;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>The fields a list may be sorted by, e.g. <c>sort=name:desc&amp;sort=id</c>; the first has the most weight.</summary>
internal sealed class SortFields<T>(Dictionary<string, Func<T, IComparable?>> fields)
{
    public static readonly SortFields<T> None = new([]);

    public IEnumerable<T> Apply(IEnumerable<T> items, StringValues sorts)
    {
        IOrderedEnumerable<T>? ordered = null;
        foreach (var sort in sorts.Where(s => !string.IsNullOrEmpty(s)))
        {
            var parts = sort!.Split(':');
            if (parts.Length > 2 || !fields.TryGetValue(parts[0], out var field) || parts is [_, not ("asc" or "desc")])
            {
                throw ApiErrors.InvalidInput("sort", $"cannot sort by '{sort}'");
            }

            var descending = parts is [_, "desc"];
            ordered = (ordered, descending) switch
            {
                (null, false) => items.OrderBy(field),
                (null, true) => items.OrderByDescending(field),
                (not null, false) => ordered.ThenBy(field),
                (not null, true) => ordered.ThenByDescending(field),
            };
        }

        return ordered ?? items;
    }
}

internal static class SortFields
{
    /// <summary>id, name and created: what nearly every resource can be sorted by.</summary>
    public static SortFields<T> Common<T>()
        where T : ILabelled => new(new() { ["id"] = i => i.Id, ["name"] = i => new Ordinal(i.Name), ["created"] = i => i.Created });

    /// <summary>Compares by code unit, independent of the machine's language.</summary>
    internal sealed record Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? obj) => string.CompareOrdinal(Text, (obj as Ordinal)?.Text);
    }
}
