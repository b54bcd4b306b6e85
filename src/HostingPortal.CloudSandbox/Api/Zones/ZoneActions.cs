using System.Globalization;
using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

/// <summary>Actions on a whole zone, and the zone's list of actions.</summary>
internal sealed class ZoneActions : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/zones/actions", call => ActionViews.Page(call, ActionsResource.OfType(call, "zone")));
        routes.Get("/zones/actions/{id}", call => One(ActionsResource.OfType(call, "zone"), call.Id));
        routes.Get("/zones/{id_or_name}/actions", call => ActionViews.Page(call, Of(call)));
        routes.Get("/zones/{id_or_name}/actions/{action_id}", call => One(Of(call), call.RouteId("action_id")));
        routes.Post("/zones/{id_or_name}/actions/change_protection", ChangeProtection);
        routes.Post("/zones/{id_or_name}/actions/change_ttl", ChangeTtl);
        routes.Post("/zones/{id_or_name}/actions/change_primary_nameservers", ChangeNameservers);
        routes.Post("/zones/{id_or_name}/actions/import_zonefile", Import);
        routes.Get("/zones/{id_or_name}/zonefile", call => Reply.Ok(new { Zonefile = Zonefiles.Write(Primary(call)) }));
    }

    /// <summary>Finds a zone whose records are kept here.</summary>
    public static Zone Primary(ApiCall call) => InMode(call, "primary");

    public static Reply Start(ApiCall call, Zone zone, string command, Action change)
    {
        call.Effect(change);
        return ActionViews.Created(call.Start(command, [new(zone.Id, "zone")]));
    }

    private static Zone InMode(ApiCall call, string mode)
    {
        var zone = ZoneResource.Find(call);
        return zone.Mode == mode ? zone : throw ApiErrors.Unprocessable("incorrect_zone_mode", $"only zones in {mode} mode can do this");
    }

    private static IEnumerable<ActionRecord> Of(ApiCall call)
    {
        var route = call.Route("id_or_name");
        var known = call.Project.Zones.ByIdOrName(route)?.Id;
        return ActionsResource.Of(call, "zone", known ?? (long.TryParse(route, CultureInfo.InvariantCulture, out var id) ? id : 0));
    }

    private static Reply One(IEnumerable<ActionRecord> actions, long id) =>
        Reply.Ok(new { Action = ActionViews.View(ActionsResource.Find(actions, id)) });

    private static Reply ChangeProtection(ApiCall call)
    {
        var zone = ZoneResource.Find(call);
        var protect = call.Body.Flag("delete") ?? zone.DeleteProtected;
        call.Body.Check();
        return Start(call, zone, "change_protection", () => zone.DeleteProtected = protect);
    }

    private static Reply ChangeTtl(ApiCall call)
    {
        var zone = Primary(call);
        var ttl = call.Body.Number("ttl", required: true, min: 60, max: int.MaxValue);
        call.Body.Check();
        return Start(call, zone, "change_ttl", () => zone.Ttl = (int)ttl!.Value);
    }

    private static Reply ChangeNameservers(ApiCall call)
    {
        var zone = InMode(call, "secondary");
        var servers = call.Body.Objects("primary_nameservers", NameserverOrder.Read, required: true);
        call.Body.Check();
        return Start(call, zone, "change_primary_nameservers", () => zone.PrimaryNameservers = [.. servers!]);
    }

    private static Reply Import(ApiCall call)
    {
        var zone = Primary(call);
        var text = call.Body.Text("zonefile", required: true);
        call.Body.Check();
        if (zone.RecordSets.Exists(set => set.ChangeProtected))
        {
            throw ApiErrors.Protected("RRSet", "change");
        }

        var fresh = new Zone { Id = zone.Id, Name = zone.Name, Created = zone.Created, Mode = zone.Mode };
        ZoneDefaults.Add(fresh, call.Now);
        RecordSetOrder.AddAll(fresh, Zonefiles.Parse(zone.Name, text!), call.Now);
        return Start(call, zone, "import_zonefile", () =>
        {
            zone.RecordSets.Clear();
            zone.RecordSets.AddRange(fresh.RecordSets);
        });
    }
}
