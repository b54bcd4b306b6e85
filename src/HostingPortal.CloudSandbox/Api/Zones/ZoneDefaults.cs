using System.Globalization;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>The SOA and NS records every new zone begins with.</summary>
internal static class ZoneDefaults
{
    public static readonly string[] Nameservers = ["hydrogen.ns.hetzner.com.", "oxygen.ns.hetzner.com.", "helium.ns.hetzner.de."];

    public static void Add(Zone zone, DateTimeOffset now)
    {
        var serial = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "00";
        var soa = $"{Nameservers[0]} dns.hetzner.com. {serial} 86400 10800 3600000 3600";
        zone.RecordSets.Add(new RecordSet { Name = "@", Type = "SOA", Created = now, Records = [new(soa, null)] });
        var ns = Nameservers.Select(name => new RecordValue(name, null)).ToList();
        zone.RecordSets.Add(new RecordSet { Name = "@", Type = "NS", Created = now, Records = ns });
    }
}
