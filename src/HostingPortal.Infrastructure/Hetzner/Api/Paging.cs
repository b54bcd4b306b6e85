namespace HostingPortal.Infrastructure.Hetzner.Api;

internal sealed record Meta(Pagination? Pagination);

/// <param name="NextPage">Null on the last page; the other figures may be missing and are not relied on.</param>
internal sealed record Pagination(int? NextPage);

/// <summary>An answer that carries one page of a list.</summary>
internal interface IPage<out T>
{
    IReadOnlyList<T> Items { get; }

    Meta? Meta { get; }
}

internal static class Paging
{
    public const int PageSize = 50;
    public const int RecordPageSize = 100;

    /// <summary>Reads page after page until the API names no next one.</summary>
    public static async Task<List<T>> ReadAllAsync<T>(Func<int, Task<IPage<T>>> read)
    {
        var all = new List<T>();
        for (int? page = 1; page is { } number;)
        {
            var answer = await read(number);
            all.AddRange(answer.Items);
            var next = answer.Meta?.Pagination?.NextPage;
            page = next > number ? next : null;
        }

        return all;
    }

    public static async Task<IPage<T>> AsPage<TList, T>(this Task<TList> list)
        where TList : IPage<T> => await list;
}
