using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Firewalls;

internal sealed class FirewallResource(FirewallActions actions) : IApiResource
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/firewalls", call => call.Page(
            "firewalls", call.Filter(call.Project.Firewalls), f => FirewallViews.View(call.Project, f), SortFields.Common<Firewall>()));
        routes.Post("/firewalls", Create);
        routes.Get("/firewalls/{id}", call => Reply.Ok(new { Firewall = FirewallViews.View(call.Project, Find(call)) }));
        routes.Put("/firewalls/{id}", Update);
        routes.Delete("/firewalls/{id}", Delete);
        actions.Map(routes);
    }

    public static Firewall Find(ApiCall call) => call.Project.Firewalls.ById(call.Id, "firewall");

    private Reply Create(ApiCall call)
    {
        var body = call.Body;
        var name = body.Text("name", required: true, max: 128);
        var labels = body.Labels() ?? [];
        var rules = body.Objects("rules", FirewallRules.Read, max: FirewallRules.MaxRules) ?? [];
        var targets = body.Objects("apply_to", FirewallTarget.Read) ?? [];
        body.Check();
        call.Project.Firewalls.RequireFreeName(name, "firewall");
        var firewall = new Firewall { Id = call.World.NewId(), Name = name!, Created = call.Now, Labels = labels, Rules = [.. rules] };
        FirewallActions.Check(call.Project, firewall, targets, notFoundStatus: 422);
        call.Project.Firewalls.Add(firewall);
        var started = actions.Apply(call, firewall, targets);
        return Reply.Created(new { Firewall = FirewallViews.View(call.Project, firewall), Actions = started.Select(ActionViews.View).ToArray() });
    }

    private static Reply Update(ApiCall call)
    {
        var firewall = Find(call);
        var name = call.Body.Text("name", min: 1, max: 128);
        var labels = call.Body.Labels();
        call.Body.Check();
        call.Project.Firewalls.RequireFreeName(name, "firewall", firewall.Id);
        firewall.Name = name ?? firewall.Name;
        firewall.Labels = labels ?? firewall.Labels;
        return Reply.Ok(new { Firewall = FirewallViews.View(call.Project, firewall) });
    }

    private static Reply Delete(ApiCall call)
    {
        var firewall = Find(call);
        if (firewall.ServerIds.Count > 0 || firewall.Selectors.Count > 0)
        {
            throw ApiErrors.Unprocessable("resource_in_use", "the firewall is still applied to resources");
        }

        call.Project.Firewalls.Remove(firewall);
        return Reply.NoContent;
    }
}
