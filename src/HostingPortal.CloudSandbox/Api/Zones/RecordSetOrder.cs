using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>A record set as asked for, and the rules it has to keep.</summary>
internal sealed record RecordSetOrder(string Name, string Type, int? Ttl, List<RecordValue> Records, Dictionary<string, string> Labels)
{
    public const int MaxRecords = 50;

    public static RecordSetOrder Read(Body body)
    {
        var name = body.Text("name", required: true) ?? "@";
        var type = body.OneOf("type", RecordTypes.All, required: true) ?? "A";
        var ttl = body.Number("ttl", min: 60, max: int.MaxValue);
        var records = ReadRecords(body, type);
        if (!ZoneNames.IsRelative(name))
        {
            body.Reject("name", "must be a relative lower-case name, the apex is '@'");
        }

        return new RecordSetOrder(name, type, (int?)ttl, records, body.Labels() ?? []);
    }

    /// <summary>Reads <c>records</c>: 1 to 50 distinct values valid for the type.</summary>
    public static List<RecordValue> ReadRecords(Body body, string type)
    {
        var records = body.Objects("records", r => ReadRecord(r, type), required: true, max: MaxRecords);
        if (records?.Count == 0)
        {
            body.Reject("records", "must have between 1 and 50 records");
        }

        if (records is not null && records.DistinctBy(r => r.Value).Count() != records.Count)
        {
            body.Reject("records", "must not contain a value twice");
        }

        return [.. records ?? []];
    }

    /// <summary>Adds sets to a zone, all or none; one that is there already is refused, the default SOA and NS are replaced.</summary>
    public static void AddAll(Zone zone, IReadOnlyList<RecordSetOrder> orders, DateTimeOffset now)
    {
        foreach (var order in orders)
        {
            if (order.Name == "@" && order.Type is "SOA" or "NS")
            {
                zone.RecordSets.RemoveAll(set => set.Name == "@" && set.Type == order.Type);
            }

            order.RequireRoom(zone);
            zone.RecordSets.Add(order.ToSet(now));
        }
    }

    public RecordSet ToSet(DateTimeOffset now) =>
        new() { Name = Name, Type = Type, Ttl = Ttl, Labels = Labels, Records = Records, Created = now };

    /// <summary>Refuses a second set of the same name and type, and anything beside a CNAME.</summary>
    public void RequireRoom(Zone zone)
    {
        if (zone.Find(Name, Type) is not null)
        {
            throw ApiErrors.NotUnique("RRSet", "name");
        }

        if (zone.RecordSets.Exists(set => set.Name == Name && (set.Type == "CNAME") != (Type == "CNAME")))
        {
            throw ApiErrors.InvalidInput("type", "a CNAME cannot stand beside other records of its name");
        }
    }

    private static RecordValue ReadRecord(Body record, string type)
    {
        var value = record.Text("value", required: true) ?? "";
        if (RecordTypes.Problem(type, value) is { } problem)
        {
            record.Reject("value", problem);
        }

        return new RecordValue(value, record.Text("comment"));
    }
}
