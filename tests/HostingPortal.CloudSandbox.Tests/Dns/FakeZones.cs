using System.Collections.Concurrent;
using HostingPortal.CloudSandbox.Dns;

namespace HostingPortal.CloudSandbox.Tests.Dns;

/// <summary>Zones in memory, changed by tests while questions come in.</summary>
internal sealed class FakeZones : IZoneData
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ZoneRecord, byte>> _zones = [];

    public void Add(string zone, params ZoneRecord[] records)
    {
        var known = _zones.GetOrAdd(zone, _ => []);
        foreach (var record in records)
        {
            known[record] = 0;
        }
    }

    public void Remove(string zone, ZoneRecord record) => _zones[zone].TryRemove(record, out _);

    public string? FindZone(string name) =>
        _zones.Keys.Where(zone => name == zone || name.EndsWith("." + zone, StringComparison.Ordinal)).MaxBy(zone => zone.Length);

    public IReadOnlyList<ZoneRecord> Find(string zone, string name) => [.. _zones[zone].Keys.Where(record => record.Name == name)];

    public bool Exists(string zone, string name) =>
        _zones[zone].Keys.Any(record => record.Name == name || record.Name.EndsWith("." + name, StringComparison.Ordinal));
}
