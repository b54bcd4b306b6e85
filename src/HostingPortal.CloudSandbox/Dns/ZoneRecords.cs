using System.Text;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

namespace HostingPortal.CloudSandbox.Dns;

/// <summary>Turns records in zone file form into those of the DNS library.</summary>
internal static class ZoneRecords
{
    /// <summary>Hetzner's servers, named in each zone.</summary>
    private static readonly string[] NameServers = ["hydrogen.ns.hetzner.com.", "oxygen.ns.hetzner.com.", "helium.ns.hetzner.de."];

    /// <param name="record">E.g. <c>www.example.test 3600 A 198.18.3.10</c>.</param>
    /// <param name="owner">Name the record is given under: differs from the record's own where a wildcard answers.</param>
    public static DnsRecordBase Parse(ZoneRecord record, string owner)
    {
        using var line = new MemoryStream(Encoding.UTF8.GetBytes($"{owner}. {record.Ttl} IN {record.Type} {record.Value}\n"));
        return Zone.ParseMasterFile(DomainName.Root, line).First();
    }

    /// <summary>SOA and NS where the zone's data carries none.</summary>
    public static IEnumerable<DnsRecordBase> MissingAtApex(string zone, IReadOnlyList<DnsRecordBase> records)
    {
        var name = DomainName.Parse(zone);
        if (!records.Any(record => record.RecordType == RecordType.Soa))
        {
            yield return new SoaRecord(
                name, 3600, DomainName.Parse(NameServers[0]), DomainName.Parse("dns.hetzner.com."), 1, 86400, 10800, 3600000, 3600);
        }

        if (!records.Any(record => record.RecordType == RecordType.Ns))
        {
            foreach (var server in NameServers)
            {
                yield return new NsRecord(name, 3600, DomainName.Parse(server));
            }
        }
    }
}
