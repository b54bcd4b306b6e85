using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Zones;

internal sealed class ZoneResource : IApiResource
{
    private static readonly string[] Modes = ["primary", "secondary"];

    public void Map(ApiRoutes routes)
    {
        routes.Get("/zones", List);
        routes.Post("/zones", Create);
        routes.Get("/zones/{id_or_name}", call => Reply.Ok(new { Zone = ZoneViews.View(Find(call)) }));
        routes.Put("/zones/{id_or_name}", Update);
        routes.Delete("/zones/{id_or_name}", Delete);
    }

    public static Zone Find(ApiCall call) =>
        call.Project.Zones.ByIdOrName(call.Route("id_or_name")) ?? throw ApiErrors.NotFound("zone", call.Route("id_or_name"));

    private static Reply List(ApiCall call) => call.Page(
        "zones", call.Among("mode", call.Filter(call.Project.Zones), zone => zone.Mode), ZoneViews.View, SortFields.Common<Zone>());

    private static Reply Create(ApiCall call)
    {
        var body = call.Body;
        var name = body.Text("name", required: true, max: 255);
        var mode = body.OneOf("mode", Modes, required: true);
        var ttl = body.Number("ttl", min: 60, max: int.MaxValue) ?? 3600;
        var labels = body.Labels() ?? [];
        var nameservers = body.Objects("primary_nameservers", NameserverOrder.Read, required: mode == "secondary") ?? [];
        var sets = body.Objects("rrsets", RecordSetOrder.Read) ?? [];
        var zonefile = body.Text("zonefile");
        if (name is not null && !ZoneNames.IsZone(name))
        {
            body.Reject("name", "must be a registrable domain name, lower case, without a trailing dot");
        }

        if (zonefile is not null && sets.Count > 0)
        {
            body.Reject("zonefile", "cannot be given together with rrsets");
        }

        body.Check();
        if (call.World.Projects.Values.Any(project => project.Zones.Exists(z => z.Name == name)))
        {
            throw ApiErrors.NotUnique("zone", "name");
        }

        var zone = new Zone { Id = call.World.NewId(), Name = name!, Created = call.Now, Mode = mode!, Ttl = (int)ttl, Labels = labels };
        zone.PrimaryNameservers.AddRange(nameservers);
        if (mode == "primary")
        {
            ZoneDefaults.Add(zone, call.Now);
            RecordSetOrder.AddAll(zone, zonefile is null ? sets : Zonefiles.Parse(zone.Name, zonefile), call.Now);
        }

        call.Project.Zones.Add(zone);
        return Reply.Created(new { Zone = ZoneViews.View(zone), Action = ActionViews.View(call.Start("create_zone", [new(zone.Id, "zone")])) });
    }

    private static Reply Update(ApiCall call)
    {
        var zone = Find(call);
        var labels = call.Body.Labels();
        call.Body.Check();
        zone.Labels = labels ?? zone.Labels;
        return Reply.Ok(new { Zone = ZoneViews.View(zone) });
    }

    private static Reply Delete(ApiCall call)
    {
        var zone = Find(call);
        if (zone.DeleteProtected)
        {
            throw ApiErrors.Protected("zone", "deletion");
        }

        call.Effect(() => call.Project.Zones.Remove(zone));
        return ActionViews.Created(call.Start("delete_zone", [new(zone.Id, "zone")]));
    }
}
