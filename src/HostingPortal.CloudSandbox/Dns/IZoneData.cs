namespace HostingPortal.CloudSandbox.Dns;

/// <summary>What the DNS server answers from: every zone of every project, read at the moment of the question.</summary>
internal interface IZoneData
{
    /// <summary>The longest zone that contains <paramref name="name"/> (lower case, no trailing dot), or null.</summary>
    string? FindZone(string name);

    /// <summary>Records at exactly this name, all types. An empty list for a name that does not exist.</summary>
    IReadOnlyList<ZoneRecord> Find(string zone, string name);

    /// <summary>True when the name or anything below it exists in the zone (tells NODATA from NXDOMAIN).</summary>
    bool Exists(string zone, string name);
}

/// <summary>One record; <paramref name="Value"/> is in zone file form, TXT quoted: <c>"part1" "part2"</c>.</summary>
internal sealed record ZoneRecord(string Name, string Type, int Ttl, string Value);
