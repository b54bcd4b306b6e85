using HostingPortal.CloudSandbox.Dns;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>The zones of all projects as the DNS server reads them; names inside values are made absolute.</summary>
internal sealed class ZoneData(WorldStore store) : IZoneData
{
    public string? FindZone(string name) => store.Locked(world => Zones(world)
        .Select(zone => zone.Name)
        .Where(zone => name == zone || name.EndsWith($".{zone}", StringComparison.Ordinal))
        .MaxBy(zone => zone.Length));

    public IReadOnlyList<ZoneRecord> Find(string zone, string name) => store.Locked<IReadOnlyList<ZoneRecord>>(world =>
    [
        .. from found in Zones(world)
           where found.Name == zone
           from set in found.RecordSets
           where Absolute(set.Name, zone) == name
           from record in set.Records
           select new ZoneRecord(name, set.Type, set.Ttl ?? found.Ttl, Value(set.Type, record.Value, zone)),
    ]);

    public bool Exists(string zone, string name) => store.Locked(world => Zones(world)
        .Where(found => found.Name == zone)
        .SelectMany(found => found.RecordSets)
        .Select(set => Absolute(set.Name, zone))
        .Any(owner => owner == name || owner.EndsWith($".{name}", StringComparison.Ordinal)));

    private static IEnumerable<Zone> Zones(World world) =>
        world.Projects.Values.SelectMany(project => project.Zones).Where(zone => zone.Mode == "primary");

    private static string Absolute(string name, string zone) => name == "@" ? zone : $"{name}.{zone}";

    /// <summary>The host of these types is the last word of the value; without a trailing dot it is relative to the zone.</summary>
    private static string Value(string type, string value, string zone)
    {
        if (type is not ("CNAME" or "NS" or "PTR" or "MX" or "SRV") || value.EndsWith('.'))
        {
            return value;
        }

        var start = value.LastIndexOf(' ') + 1;
        return $"{value[..start]}{Absolute(value[start..], zone)}.";
    }
}
