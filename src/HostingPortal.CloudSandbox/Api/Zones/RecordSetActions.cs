using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>Changes of single records; the actions' resource is the zone.</summary>
internal sealed class RecordSetActions : IApiResource
{
    private const string Actions = "/zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions";

    public void Map(ApiRoutes routes)
    {
        routes.Post($"{Actions}/change_protection", ChangeProtection);
        routes.Post($"{Actions}/change_ttl", ChangeTtl);
        routes.Post($"{Actions}/set_records", SetRecords);
        routes.Post($"{Actions}/add_records", AddRecords);
        routes.Post($"{Actions}/remove_records", RemoveRecords);
        routes.Post($"{Actions}/update_records", UpdateRecords);
    }

    public static void RequireUnprotected(RecordSet set)
    {
        if (set.ChangeProtected)
        {
            throw ApiErrors.Protected("RRSet", "change");
        }
    }

    private static Reply ChangeProtection(ApiCall call)
    {
        var set = RecordSetResource.Find(call);
        var protect = call.Body.Flag("change", required: true);
        call.Body.Check();
        return ZoneActions.Start(call, ZoneResource.Find(call), "change_rrset_protection", () => set.ChangeProtected = protect!.Value);
    }

    private static Reply ChangeTtl(ApiCall call)
    {
        var set = FindUnprotected(call);
        var ttl = call.Body.Number("ttl", required: !call.Body.IsNull("ttl"), min: 60, max: int.MaxValue);
        call.Body.Check();
        return ZoneActions.Start(call, ZoneResource.Find(call), "change_rrset_ttl", () => set.Ttl = (int?)ttl);
    }

    private static Reply SetRecords(ApiCall call)
    {
        var set = FindUnprotected(call);
        var records = ReadRecords(call);
        return ZoneActions.Start(call, ZoneResource.Find(call), "set_rrset_records", () => set.Records = records);
    }

    /// <summary>Appends, so that several challenges of one name stand side by side; makes the set when it is missing.</summary>
    private static Reply AddRecords(ApiCall call)
    {
        var zone = ZoneActions.Primary(call);
        var (name, type) = (call.Route("rr_name"), call.Route("rr_type"));
        if (!RecordTypes.All.Contains(type) || !ZoneNames.IsRelative(name))
        {
            throw ApiErrors.NotFound("rrset", $"{name}/{type}");
        }

        var ttl = call.Body.Number("ttl", min: 60, max: int.MaxValue);
        var records = ReadRecords(call);
        if (zone.Find(name, type) is not { } set)
        {
            var order = new RecordSetOrder(name, type, (int?)ttl, records, []);
            order.RequireRoom(zone);
            return ZoneActions.Start(call, zone, "add_rrset_records", () => zone.RecordSets.Add(order.ToSet(call.Now)));
        }

        RequireUnprotected(set);
        if (ttl is not null && set.Ttl is not null && ttl != set.Ttl)
        {
            throw ApiErrors.InvalidInput("ttl", "must be the RRSet's present TTL");
        }

        if (records.Exists(record => set.Records.Exists(present => present.Value == record.Value)))
        {
            throw ApiErrors.InvalidInput("records", "the RRSet has a record of this value already");
        }

        return ZoneActions.Start(call, zone, "add_rrset_records", () =>
        {
            set.Records.AddRange(records);
            set.Ttl = (int?)ttl ?? set.Ttl;
        });
    }

    private static Reply RemoveRecords(ApiCall call)
    {
        var zone = ZoneActions.Primary(call);
        var set = FindUnprotected(call);
        var values = ReadRecords(call).Select(record => record.Value).ToHashSet();
        RequirePresent(set, values);
        return ZoneActions.Start(call, zone, "remove_rrset_records", () =>
        {
            set.Records.RemoveAll(record => values.Contains(record.Value));
            if (set.Records.Count == 0)
            {
                zone.RecordSets.Remove(set);
            }
        });
    }

    private static Reply UpdateRecords(ApiCall call)
    {
        var set = FindUnprotected(call);
        var comments = ReadRecords(call).ToDictionary(record => record.Value, record => record.Comment);
        RequirePresent(set, comments.Keys);
        var reply = ZoneActions.Start(call, ZoneResource.Find(call), "update_rrset_records", () =>
            set.Records = [.. set.Records.Select(r => comments.TryGetValue(r.Value, out var comment) ? r with { Comment = comment } : r)]);
        return reply with { Status = 200 };
    }

    private static RecordSet FindUnprotected(ApiCall call)
    {
        var set = RecordSetResource.Find(call);
        RequireUnprotected(set);
        return set;
    }

    private static List<RecordValue> ReadRecords(ApiCall call)
    {
        var records = RecordSetOrder.ReadRecords(call.Body, call.Route("rr_type"));
        call.Body.Check();
        return records;
    }

    private static void RequirePresent(RecordSet set, IEnumerable<string> values)
    {
        if (values.FirstOrDefault(value => !set.Records.Exists(r => r.Value == value)) is { } missing)
        {
            throw ApiErrors.InvalidInput("records", $"the RRSet has no record '{missing}'");
        }
    }
}
