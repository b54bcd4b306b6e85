using System.Collections.Concurrent;

namespace HostingPortal.CloudSandbox.Faults;

/// <summary>Counts API calls by token, method and path template: how many calls something costs.</summary>
internal sealed class RequestCounter
{
    private readonly ConcurrentDictionary<(string? TokenKey, string Method, string Path), int> _counts = [];

    /// <summary>A call to an unknown route is counted under its path.</summary>
    public void Count(string? tokenKey, HttpContext http)
    {
        var template = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path.Value!;
        var path = template.StartsWith("/v1", StringComparison.Ordinal) ? template["/v1".Length..] : template;
        _counts.AddOrUpdate((tokenKey, http.Request.Method, path), 1, (_, count) => count + 1);
    }

    /// <summary>The counts of one token, or of all together, most frequent first.</summary>
    public IReadOnlyList<RequestCount> Of(string? tokenKey) =>
    [
        .. _counts.Where(entry => tokenKey is null || entry.Key.TokenKey == tokenKey)
            .GroupBy(entry => (entry.Key.Method, entry.Key.Path), entry => entry.Value)
            .Select(group => new RequestCount(group.Key.Method, group.Key.Path, group.Sum()))
            .OrderByDescending(count => count.Count).ThenBy(count => count.Path, StringComparer.Ordinal),
    ];

    public void Clear() => _counts.Clear();
}

internal sealed record RequestCount(string Method, string Path, int Count);
