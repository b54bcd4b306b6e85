using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

namespace HostingPortal.CloudSandbox.Dns;

/// <summary>Answers one question from the zones as they are at that moment, as an authoritative server does (RFC 1034 §4.3.2).</summary>
internal sealed class ZoneAnswers(IZoneData zones)
{
    private const int LongestChain = 8;

    public ZoneAnswer Answer(string name, RecordType type)
    {
        name = name.TrimEnd('.').ToLowerInvariant();
        if (zones.FindZone(name) is not { } zone)
        {
            return new ZoneAnswer(ReturnCode.Refused, Authoritative: false, [], []);
        }

        List<DnsRecordBase> answers = [];
        for (var step = 0; step < LongestChain; step++)
        {
            if (Delegation(zone, name) is { Count: > 0 } delegation)
            {
                return new ZoneAnswer(ReturnCode.NoError, Authoritative: answers.Count > 0, answers, delegation);
            }

            var (records, exists) = Find(zone, name);
            if (type == RecordType.Any && records.Count > 0)
            {
                // RFC 8482: a whole name is not given away in one packet.
                return new ZoneAnswer(ReturnCode.NoError, Authoritative: true, [new HInfoRecord(DomainName.Parse(name), 3600, "RFC8482", "")], []);
            }

            var matching = records.Where(record => record.RecordType == type).ToList();
            if (matching.Count > 0)
            {
                return new ZoneAnswer(ReturnCode.NoError, Authoritative: true, [.. answers, .. matching], []);
            }

            if (records.OfType<CNameRecord>().FirstOrDefault() is not { } alias)
            {
                var code = exists ? ReturnCode.NoError : ReturnCode.NxDomain;
                return new ZoneAnswer(code, Authoritative: true, answers, [Soa(zone)]);
            }

            answers.Add(alias);
            name = alias.CanonicalName.ToString().TrimEnd('.').ToLowerInvariant();
            if (zones.FindZone(name) is not { } next)
            {
                break;
            }

            zone = next;
        }

        return new ZoneAnswer(ReturnCode.NoError, Authoritative: true, answers, []);
    }

    /// <summary>Records of a name, or those of the wildcard that covers it, under the name asked for.</summary>
    private (IReadOnlyList<DnsRecordBase> Records, bool Exists) Find(string zone, string name)
    {
        if (name == zone || zones.Exists(zone, name))
        {
            return (RecordsAt(zone, name, name), true);
        }

        var encloser = Parent(name);
        while (encloser != zone && !zones.Exists(zone, encloser))
        {
            encloser = Parent(encloser);
        }

        var wildcard = RecordsAt(zone, $"*.{encloser}", name);
        return (wildcard, wildcard.Count > 0);
    }

    /// <summary>NS records of the first name between the zone's apex and <paramref name="name"/> that is delegated away.</summary>
    private IReadOnlyList<DnsRecordBase> Delegation(string zone, string name)
    {
        for (var cut = name; cut != zone; cut = Parent(cut))
        {
            var servers = RecordsAt(zone, cut, cut).Where(record => record.RecordType == RecordType.Ns).ToList();
            if (servers.Count > 0)
            {
                return servers;
            }
        }

        return [];
    }

    private DnsRecordBase Soa(string zone) => RecordsAt(zone, zone, zone).First(record => record.RecordType == RecordType.Soa);

    private IReadOnlyList<DnsRecordBase> RecordsAt(string zone, string name, string owner)
    {
        var records = zones.Find(zone, name).Select(record => ZoneRecords.Parse(record, owner)).ToList();
        return name == zone ? [.. records, .. ZoneRecords.MissingAtApex(zone, records)] : records;
    }

    private static string Parent(string name) => name[(name.IndexOf('.') + 1)..];
}

/// <summary>What goes back to the asker.</summary>
internal sealed record ZoneAnswer(ReturnCode Code, bool Authoritative, IReadOnlyList<DnsRecordBase> Answers, IReadOnlyList<DnsRecordBase> Authority);
