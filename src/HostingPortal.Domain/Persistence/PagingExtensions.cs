using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Persistence;

internal static class PagingExtensions
{
    /// <summary>Results of a search in a long history that are counted and can be paged to.</summary>
    public const int MostSought = 2_000;

    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> rows, PageQuery query, CancellationToken ct)
    {
        var total = await rows.CountAsync(ct);
        var items = total == 0 ? [] : await rows.Skip(query.Skip).Take(query.Take).ToListAsync(ct);
        return new Page<T>(items, total);
    }

    /// <summary>Finds the keys of the page first and reads whole rows for these alone: sorting whole rows, each with its counts and names, would read those of all pages.</summary>
    /// <param name="keys">All keys, in order.</param>
    /// <param name="found">What counts: the same rows as <paramref name="keys"/>, without what only their order needs.</param>
    /// <param name="rows">Whole rows of some keys, in any order.</param>
    public static async Task<Page<TRow>> ToPageAsync<TKey, TFound, TRow>(
        this IQueryable<TKey> keys, IQueryable<TFound> found, Func<IReadOnlyList<TKey>, IQueryable<TRow>> rows, Func<TRow, TKey> keyOf, PageQuery query, CancellationToken ct)
        where TKey : notnull
    {
        var total = await found.CountAsync(ct);
        var shown = total == 0 ? [] : await keys.Skip(query.Skip).Take(query.Take).ToListAsync(ct);
        var read = shown.Count == 0 ? [] : (await rows(shown).ToListAsync(ct)).ToDictionary(keyOf);
        return new Page<TRow>([.. shown.Where(read.ContainsKey).Select(key => read[key])], total);
    }

    /// <summary>A page of a history that only grows: what is searched for in one look, everything else as any list.</summary>
    public static Task<Page<TRow>> ToHistoryPageAsync<TKey, TFound, TRow>(
        this IQueryable<TKey> keys, IQueryable<TFound> found, Func<IReadOnlyList<TKey>, IQueryable<TRow>> rows, Func<TRow, TKey> keyOf, PageQuery query, CancellationToken ct)
        where TKey : notnull =>
        query.Words.Count > 0 ? keys.ToSoughtPageAsync(rows, keyOf, query, ct) : keys.ToPageAsync(found, rows, keyOf, query, ct);

    /// <summary>For a search in a long history: one look finds the keys of all pages, instead of one that counts and one that reads.</summary>
    private static async Task<Page<TRow>> ToSoughtPageAsync<TKey, TRow>(
        this IQueryable<TKey> keys, Func<IReadOnlyList<TKey>, IQueryable<TRow>> rows, Func<TRow, TKey> keyOf, PageQuery query, CancellationToken ct)
        where TKey : notnull
    {
        var found = await keys.Take(MostSought + 1).ToListAsync(ct);
        var shown = found.Take(MostSought).Skip(query.Skip).Take(query.Take).ToList();
        var read = shown.Count == 0 ? [] : (await rows(shown).ToListAsync(ct)).ToDictionary(keyOf);
        return new Page<TRow>([.. shown.Where(read.ContainsKey).Select(key => read[key])], Math.Min(found.Count, MostSought)) { More = found.Count > MostSought };
    }
}
