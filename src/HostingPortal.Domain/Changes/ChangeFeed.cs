using System.Collections.Concurrent;
using HostingPortal.Domain.Security;

namespace HostingPortal.Domain.Changes;

/// <summary>
/// Tells open pages that something moved: what and whose, not how. Pages ask again. Delivery is best effort; a page that missed one
/// is at most one reload behind.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<object, (Actor Actor, Action<FeedEntry> Handler)> subscribers = new();

    private long position;

    /// <summary>Rises with every entry: who saw the same number twice missed nothing in between.</summary>
    public long Position => Interlocked.Read(ref position);

    internal bool HasSubscribers => !subscribers.IsEmpty;

    public void Publish(string kind, string id, string clientId, string? projectId = null)
    {
        Interlocked.Increment(ref position);
        var entry = new FeedEntry(kind, id, clientId, projectId);
        foreach (var (actor, handler) in subscribers.Values)
        {
            if (actor.MayRead(clientId))
            {
                handler(entry);
            }
        }
    }

    /// <summary>Handlers run on the publisher's thread and must only take note.</summary>
    public IDisposable Subscribe(Actor actor, Action<FeedEntry> handler)
    {
        var key = new object();
        subscribers[key] = (actor, handler);
        return new Subscription(this, key);
    }

    private sealed class Subscription(ChangeFeed feed, object key) : IDisposable
    {
        public void Dispose() => feed.subscribers.TryRemove(key, out _);
    }
}

/// <param name="Kind">E.g. <c>run</c>, <c>node</c>, <c>site</c>.</param>
public sealed record FeedEntry(string Kind, string Id, string ClientId, string? ProjectId);
