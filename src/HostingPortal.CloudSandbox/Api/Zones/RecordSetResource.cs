using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

internal sealed class RecordSetResource : IApiResource
{
    private const string One = "/zones/{id_or_name}/rrsets/{rr_name}/{rr_type}";
    private const int MaxPerPage = 100;

    private static readonly SortFields<RecordSet> Sorts = new(new() { ["id"] = s => s.Id, ["name"] = s => s.Name, ["created"] = s => s.Created });

    public void Map(ApiRoutes routes)
    {
        routes.Get("/zones/{id_or_name}/rrsets", List);
        routes.Post("/zones/{id_or_name}/rrsets", Create);
        routes.Get(One, call => Reply.Ok(new { Rrset = View(call, Find(call)) }));
        routes.Put(One, Update);
        routes.Delete(One, Delete);
    }

    public static RecordSet Find(ApiCall call)
    {
        var zone = ZoneActions.Primary(call);
        return zone.Find(call.Route("rr_name"), call.Route("rr_type"))
            ?? throw ApiErrors.NotFound("rrset", $"{call.Route("rr_name")}/{call.Route("rr_type")}");
    }

    private static object View(ApiCall call, RecordSet set) => ZoneViews.View(ZoneResource.Find(call), set);

    private static Reply List(ApiCall call)
    {
        var zone = ZoneActions.Primary(call);
        var selector = call.Selector();
        var sets = call.Among("type", call.Among("name", zone.RecordSets, set => set.Name), set => set.Type);
        var selected = sets.Where(set => selector is null || selector.Matches(set.Labels));
        return call.Page("rrsets", selected, set => ZoneViews.View(zone, set), Sorts, MaxPerPage);
    }

    private static Reply Create(ApiCall call)
    {
        var zone = ZoneActions.Primary(call);
        var order = RecordSetOrder.Read(call.Body);
        call.Body.Check();
        order.RequireRoom(zone);
        var set = order.ToSet(call.Now);
        call.Effect(() => zone.RecordSets.Add(set));
        var action = call.Start("create_rrset", [new(zone.Id, "zone")]);
        return Reply.Created(new { Rrset = ZoneViews.View(zone, set), Action = ActionViews.View(action) });
    }

    private static Reply Update(ApiCall call)
    {
        var set = Find(call);
        var labels = call.Body.Labels();
        call.Body.Check();
        set.Labels = labels ?? set.Labels;
        return Reply.Ok(new { Rrset = View(call, set) });
    }

    private static Reply Delete(ApiCall call)
    {
        var zone = ZoneActions.Primary(call);
        var set = Find(call);
        RecordSetActions.RequireUnprotected(set);
        if (set is { Name: "@", Type: "SOA" })
        {
            throw ApiErrors.InvalidInput("rr_type", "the SOA record cannot be deleted");
        }

        return ZoneActions.Start(call, zone, "delete_rrset", () => zone.RecordSets.Remove(set));
    }
}
