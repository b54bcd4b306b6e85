using System.Globalization;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Actions;

/// <summary>GET /actions by id, and every resource's own lists of actions.</summary>
internal sealed class ActionsResource : IApiResource
{
    private static readonly (string Path, string Type)[] Resources =
    [
        ("servers", "server"), ("networks", "network"), ("firewalls", "firewall"), ("primary_ips", "primary_ip"), ("images", "image"),
    ];

    public void Map(ApiRoutes routes)
    {
        routes.Get("/actions", ListByIds);
        routes.Get("/actions/{id}", call => Reply.Ok(new { Action = ActionViews.View(Find(call.Project.Actions, call.Id)) }));
        foreach (var (path, type) in Resources)
        {
            routes.Get($"/{path}/actions", call => ActionViews.Page(call, OfType(call, type)));
            routes.Get($"/{path}/actions/{{id}}", call => Reply.Ok(new { Action = ActionViews.View(Find(OfType(call, type), call.Id)) }));
            routes.Get($"/{path}/{{id}}/actions", call => ActionViews.Page(call, Of(call, type, call.Id)));
            routes.Get($"/{path}/{{id}}/actions/{{action_id}}", call => Reply.Ok(new
            {
                Action = ActionViews.View(Find(Of(call, type, call.Id), call.RouteId("action_id"))),
            }));
        }
    }

    public static IEnumerable<ActionRecord> OfType(ApiCall call, string type) =>
        call.Project.Actions.Where(action => action.Resources.Any(resource => resource.Type == type));

    public static IEnumerable<ActionRecord> Of(ApiCall call, string type, long id) => call.Project.Actions.Where(action => action.Concerns(type, id));

    public static ActionRecord Find(IEnumerable<ActionRecord> actions, long id) =>
        actions.FirstOrDefault(action => action.Id == id) ?? throw ApiErrors.NotFound("action", id);

    private static Reply ListByIds(ApiCall call)
    {
        if (call.Query["id"].Count == 0)
        {
            throw ApiErrors.InvalidInput("id", "is required");
        }

        return ActionViews.Page(call, call.Among("id", call.Project.Actions, a => a.Id.ToString(CultureInfo.InvariantCulture)));
    }
}
