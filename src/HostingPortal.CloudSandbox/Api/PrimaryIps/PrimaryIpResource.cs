using HostingPortal.CloudSandbox.Api.Legacy;
using HostingPortal.CloudSandbox.Api.Locations;
using HostingPortal.CloudSandbox.Api.Servers;
using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.PrimaryIps;

/// <summary>Public addresses of servers, made with them or on their own.</summary>
internal sealed class PrimaryIpResource(PrimaryIpPool pool, Datacenters datacenters) : IApiResource
{
    private static readonly string[] Types = ["ipv4", "ipv6"];

    public void Map(ApiRoutes routes)
    {
        routes.Get("/primary_ips", call => call.Page(
            "primary_ips", call.Among("ip", call.Filter(call.Project.PrimaryIps), ip => ip.Ip), View, SortFields.Common<PrimaryIp>()));
        routes.Post("/primary_ips", Create);
        routes.Get("/primary_ips/{id}", call => Reply.Ok(new { PrimaryIp = View(Find(call)) }));
        routes.Put("/primary_ips/{id}", Update);
        routes.Delete("/primary_ips/{id}", Delete);
        routes.Post("/primary_ips/{id}/actions/change_dns_ptr", ChangeReverseName);
        routes.Post("/primary_ips/{id}/actions/change_protection", ChangeProtection);
    }

    private static PrimaryIp Find(ApiCall call) => call.Project.PrimaryIps.ById(call.Id, "primary_ip");

    private Reply Create(ApiCall call)
    {
        var name = call.Body.Text("name", required: true, max: 255);
        var type = call.Body.OneOf("type", Types, required: true);
        var place = datacenters.ReadLocation(call.Body, required: true);
        var labels = call.Body.Labels() ?? [];
        var autoDelete = call.Body.Flag("auto_delete") ?? false;
        call.Body.Check();
        call.Project.PrimaryIps.RequireFreeName(name, "primary IP");
        var ip = pool.Make(call, type!, place!.Name, name);
        (ip.Labels, ip.AutoDelete) = (labels, autoDelete);
        return Reply.Created(new { PrimaryIp = View(ip) });
    }

    private Reply Update(ApiCall call)
    {
        var ip = Find(call);
        var name = call.Body.Text("name", min: 1, max: 255);
        var labels = call.Body.Labels();
        var autoDelete = call.Body.Flag("auto_delete");
        call.Body.Check();
        call.Project.PrimaryIps.RequireFreeName(name, "primary IP", ip.Id);
        ip.Name = name ?? ip.Name;
        ip.Labels = labels ?? ip.Labels;
        ip.AutoDelete = autoDelete ?? ip.AutoDelete;
        return Reply.Ok(new { PrimaryIp = View(ip) });
    }

    private static Reply Delete(ApiCall call)
    {
        var ip = Find(call);
        if (ip.DeleteProtected)
        {
            throw ApiErrors.Protected("primary IP", "deletion");
        }

        if (ip.AssigneeId is not null)
        {
            throw ApiErrors.Unprocessable("must_be_unassigned", "the primary IP must be unassigned first");
        }

        call.Project.PrimaryIps.Remove(ip);
        return Reply.NoContent;
    }

    private static Reply ChangeReverseName(ApiCall call)
    {
        var primary = Find(call);
        var (ip, name) = ReverseNames.Read(call.Body);
        if (!ReverseNames.Owns(primary, ip))
        {
            throw ApiErrors.NotFound("ip", ip);
        }

        call.Effect(() => ReverseNames.Set(primary, ip, name));
        return ActionViews.Created(call.Start("change_dns_ptr", [new(primary.Id, "primary_ip")]));
    }

    private static Reply ChangeProtection(ApiCall call)
    {
        var primary = Find(call);
        var protect = call.Body.Flag("delete", required: true);
        call.Body.Check();
        call.Effect(() => primary.DeleteProtected = protect!.Value);
        return ActionViews.Created(call.Start("change_protection", [new(primary.Id, "primary_ip")]));
    }

    private object View(PrimaryIp ip) => datacenters.AddTo(Today(ip), LocationResource.ByName(ip.Location));

    private static object Today(PrimaryIp ip) => new
    {
        ip.Id,
        ip.Name,
        ip.Labels,
        ip.Created,
        Blocked = false,
        Location = LocationResource.ByName(ip.Location),
        ip.Ip,
        DnsPtr = Names(ip).Select(r => new { Ip = r.Key, DnsPtr = r.Value }).ToArray(),
        Protection = new { Delete = ip.DeleteProtected },
        ip.Type,
        ip.AutoDelete,
        AssigneeType = "server",
        ip.AssigneeId,
    };

    private static Dictionary<string, string> Names(PrimaryIp ip) =>
        ip.Type == "ipv4" && ip.ReverseNames.Count == 0 ? new() { [ip.Ip] = ServerViews.DefaultReverseName(ip.Ip) } : ip.ReverseNames;
}
