using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace HostingPortal.Web.Components.Shared;

/// <summary>
/// What was read while a page was first drawn, for the live connection that takes the page over a moment later: it begins with the same and nothing
/// flickers. Kept in memory, taken once; where it is gone or lies in another instance, the page reads again. One per request or circuit.
/// </summary>
public sealed class Handover(HandoverShelf shelf)
{
    private Dictionary<string, object>? taken;
    private bool closed;

    /// <summary>Session of the person the page is drawn for: nobody else takes what was kept. Null: nothing is kept or taken.</summary>
    public string? Session { get; set; }

    /// <summary>Travels in the page, sealed by Data Protection.</summary>
    [PersistentState]
    public string? Ticket { get; set; }

    /// <summary>While the page is first drawn. Two values under one key are both forgotten: nobody could tell them apart.</summary>
    public void Keep(string key, object value)
    {
        if (Session is not null)
        {
            Ticket ??= Guid.NewGuid().ToString("n");
            shelf.Keep($"{Ticket} {Session}", key, value);
        }
    }

    /// <summary>During the first drawing of the live page; later everything is read anew.</summary>
    public bool TryTake<T>(string key, out T value)
    {
        taken ??= Ticket is null || Session is null || closed ? [] : shelf.Take($"{Ticket} {Session}");
        if (!closed && taken.Remove(key, out var found) && found is T same)
        {
            value = same;
            return true;
        }

        value = default!;
        return false;
    }

    /// <summary>The live page is drawn.</summary>
    public void Close() => (closed, taken) = (true, []);
}

/// <summary>Where handovers lie between the two drawings, for seconds.</summary>
public sealed class HandoverShelf(TimeProvider time)
{
    private const int Most = 2_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, Dictionary<string, object?> Values)> shelf = new();

    internal void Keep(string ticket, string key, object value)
    {
        Sweep();
        var values = shelf.GetOrAdd(ticket, _ => (time.GetUtcNow(), [])).Values;
        lock (values)
        {
            values[key] = values.ContainsKey(key) ? null : value;
        }
    }

    internal Dictionary<string, object> Take(string ticket)
    {
        if (!shelf.TryRemove(ticket, out var found) || time.GetUtcNow() - found.At > Lasts)
        {
            return [];
        }

        lock (found.Values)
        {
            return found.Values.Where(v => v.Value is not null).ToDictionary(v => v.Key, v => v.Value!);
        }
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (ticket, entry) in shelf)
        {
            if (now - entry.At > Lasts || shelf.Count > Most)
            {
                shelf.TryRemove(ticket, out _);
            }
        }
    }
}
