using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

internal static class ZoneViews
{
    public static object View(Zone zone) => new
    {
        zone.Id,
        zone.Name,
        zone.Mode,
        zone.Created,
        zone.Ttl,
        zone.Labels,
        Protection = new { Delete = zone.DeleteProtected },
        PrimaryNameservers = zone.PrimaryNameservers.Select(View).ToArray(),
        Status = "ok",
        RecordCount = zone.RecordSets.Sum(set => set.Records.Count),
        AuthoritativeNameservers = new
        {
            Assigned = ZoneDefaults.Nameservers,
            Delegated = ZoneDefaults.Nameservers,
            DelegationLastCheck = zone.Created,
            DelegationStatus = "valid",
        },
        Registrar = "other",
    };

    public static object View(Zone zone, RecordSet set) => new
    {
        set.Id,
        set.Name,
        set.Type,
        set.Ttl,
        set.Labels,
        Protection = new { Change = set.ChangeProtected },
        Records = set.Records.Select(View).ToArray(),
        Zone = zone.Id,
    };

    private static object View(RecordValue record) =>
        record.Comment is null ? new { record.Value } : new { record.Value, record.Comment };

    private static object View(PrimaryNameserver server) => server.TsigKey is null
        ? new { server.Address, server.Port }
        : new { server.Address, server.Port, server.TsigKey, server.TsigAlgorithm };
}
