using HostingPortal.CloudSandbox.Api.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Firewalls;

/// <summary>Rules and targets of a firewall; each touched server is an action of its own.</summary>
internal sealed class FirewallActions(FirewallEffects effects)
{
    private const int MaxPerServer = 5;

    public void Map(ApiRoutes routes)
    {
        routes.Post("/firewalls/{id}/actions/set_rules", SetRules);
        routes.Post("/firewalls/{id}/actions/apply_to_resources", ApplyTo);
        routes.Post("/firewalls/{id}/actions/remove_from_resources", RemoveFrom);
    }

    /// <summary>Checks targets before any of them is taken over.</summary>
    public static void Check(Project project, Firewall firewall, IReadOnlyList<FirewallTarget> targets, int notFoundStatus)
    {
        var servers = targets.Where(t => t.ServerId is not null).Select(t => t.ServerId!.Value).ToList();
        if (servers.Distinct().Count() != servers.Count)
        {
            throw ApiErrors.Unprocessable("server_already_added", "the server was named more than once");
        }

        foreach (var id in servers)
        {
            var server = project.Servers.Find(s => s.Id == id)
                ?? throw new ApiException(notFoundStatus, "firewall_resource_not_found", $"the server {id} was not found");
            if (!project.AddressesOf(server).Any())
            {
                throw ApiErrors.Unprocessable("private_net_only_server", "a server without public network cannot have firewalls");
            }

            if (firewall.ServerIds.Contains(id))
            {
                throw new ApiException(409, "firewall_already_applied", "the firewall is already applied to the server");
            }

            if (FirewallEffects.Of(project, server).Count() >= MaxPerServer)
            {
                throw ApiErrors.LimitReached("firewalls", "a server has at most 5 firewalls");
            }
        }

        if (targets.Any(t => t.Selector is not null && firewall.Selectors.Contains(t.Selector)))
        {
            throw new ApiException(409, "firewall_already_applied", "the firewall is already applied to the label selector");
        }
    }

    public IReadOnlyList<ActionRecord> Apply(ApiCall call, Firewall firewall, IReadOnlyList<FirewallTarget> targets)
    {
        var servers = targets.SelectMany(t => t.Servers(call.Project)).Distinct().ToList();
        call.Effect(() =>
        {
            firewall.ServerIds.AddRange(targets.Where(t => t.ServerId is not null).Select(t => t.ServerId!.Value));
            firewall.Selectors.AddRange(targets.Where(t => t.Selector is not null).Select(t => t.Selector!));
        });
        return [.. servers.Select(server => Start(call, "apply_firewall", firewall, server))];
    }

    private Reply SetRules(ApiCall call)
    {
        var firewall = FirewallResource.Find(call);
        var rules = call.Body.Objects("rules", FirewallRules.Read, required: true, max: FirewallRules.MaxRules);
        call.Body.Check();
        call.Effect(() => firewall.Rules = [.. rules!]);
        var servers = call.Project.Servers.Where(server => FirewallEffects.Applies(firewall, server)).ToList();
        var first = call.Start("set_firewall_rules", [new(firewall.Id, "firewall")]);
        return ActionViews.Created([first, .. servers.Select(server => Start(call, "apply_firewall", firewall, server))]);
    }

    private Reply ApplyTo(ApiCall call)
    {
        var firewall = FirewallResource.Find(call);
        var targets = call.Body.Objects("apply_to", FirewallTarget.Read, required: true);
        call.Body.Check();
        Check(call.Project, firewall, targets!, notFoundStatus: 404);
        return ActionViews.Created(Apply(call, firewall, targets!));
    }

    private Reply RemoveFrom(ApiCall call)
    {
        var firewall = FirewallResource.Find(call);
        var targets = call.Body.Objects("remove_from", FirewallTarget.Read, required: true);
        call.Body.Check();
        foreach (var target in targets!)
        {
            RequireApplied(call.Project, firewall, target);
        }

        var servers = targets.SelectMany(t => t.Servers(call.Project)).Distinct().ToList();
        call.Effect(() =>
        {
            firewall.ServerIds.RemoveAll(id => targets.Any(t => t.ServerId == id));
            firewall.Selectors.RemoveAll(selector => targets.Any(t => t.Selector == selector));
        });
        return ActionViews.Created(servers.Select(server => Start(call, "remove_firewall", firewall, server)));
    }

    private static void RequireApplied(Project project, Firewall firewall, FirewallTarget target)
    {
        if (target.ServerId is { } id && !firewall.ServerIds.Contains(id))
        {
            throw project.Servers.Find(s => s.Id == id) is { } server && FirewallEffects.Applies(firewall, server)
                ? ApiErrors.Unprocessable("firewall_managed_by_label_selector", "the firewall is applied to the server by a label selector")
                : new ApiException(404, "firewall_resource_not_found", $"the firewall is not applied to server {id}");
        }

        if (target.Selector is { } selector && !firewall.Selectors.Contains(selector))
        {
            throw new ApiException(404, "firewall_resource_not_found", $"the firewall is not applied to '{selector}'");
        }
    }

    private ActionRecord Start(ApiCall call, string command, Firewall firewall, Server server)
    {
        var project = call.Project;
        return call.Start(command, [new(firewall.Id, "firewall"), new(server.Id, "server")], ct => effects.ApplyAsync(project, server, ct));
    }
}
