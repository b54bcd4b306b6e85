using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Persistence;

internal static class PagingExtensions
{
    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> rows, PageQuery query, CancellationToken ct)
    {
        var total = await rows.CountAsync(ct);
        var items = total == 0 ? [] : await rows.Skip(query.Skip).Take(query.Take).ToListAsync(ct);
        return new Page<T>(items, total);
    }
}
