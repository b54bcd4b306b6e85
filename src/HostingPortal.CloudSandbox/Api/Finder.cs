using System.Globalization;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>Finds one resource, or answers <c>not_found</c>.</summary>
internal static class Finder
{
    public static T ById<T>(this IEnumerable<T> items, long id, string what)
        where T : ILabelled => items.FirstOrDefault(item => item.Id == id) ?? throw ApiErrors.NotFound(what, id);

    /// <summary>Digits are tried as an id first, then as a name.</summary>
    public static T? ByIdOrName<T>(this IReadOnlyCollection<T> items, string idOrName)
        where T : class, ILabelled =>
        (long.TryParse(idOrName, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? items.FirstOrDefault(item => item.Id == id) : null)
        ?? items.FirstOrDefault(item => item.Name == idOrName);

    /// <summary>Refuses a name another resource of the kind already has.</summary>
    public static void RequireFreeName<T>(this IEnumerable<T> items, string? name, string what, long exceptId = 0)
        where T : ILabelled
    {
        if (name is not null && items.Any(item => item.Name == name && item.Id != exceptId))
        {
            throw ApiErrors.NotUnique(what, "name");
        }
    }
}
