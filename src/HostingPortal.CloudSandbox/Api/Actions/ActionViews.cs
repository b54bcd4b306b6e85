using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api.Actions;

internal static class ActionViews
{
    private static readonly SortFields<ActionRecord> Sorts = new(new()
    {
        ["id"] = a => a.Id,
        ["command"] = a => a.Command,
        ["status"] = a => a.Status,
        ["started"] = a => a.Started,
        ["finished"] = a => a.Finished,
    });

    public static object View(ActionRecord action) => new
    {
        action.Id,
        action.Command,
        action.Status,
        action.Progress,
        action.Started,
        action.Finished,
        action.Resources,
        action.Error,
    };

    public static Reply Page(ApiCall call, IEnumerable<ActionRecord> actions) =>
        call.Page("actions", call.Among("status", actions, a => a.Status), View, Sorts);

    /// <summary>201 with one action, what nearly every POST to an action answers.</summary>
    public static Reply Created(ActionRecord action) => Reply.Created(new { Action = View(action) });

    public static Reply Created(IEnumerable<ActionRecord> actions) => Reply.Created(new { Actions = actions.Select(View).ToArray() });
}
