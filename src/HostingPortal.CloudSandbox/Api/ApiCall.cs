using System.Globalization;
using HostingPortal.CloudSandbox.Actions;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>One authorised request, handled while the world's lock is held. Handlers validate first and change afterwards.</summary>
internal sealed class ApiCall(HttpContext http, World world, Project project, Body body, ActionRunner actions, DateTimeOffset now)
{
    /// <summary>Key of the request's items under which a fault leaves an <see cref="ActionError"/>.</summary>
    public const string ActionFaultItem = "sandbox-action-fault";

    public World World => world;

    public Project Project => project;

    public Body Body => body;

    public DateTimeOffset Now => now;

    public IQueryCollection Query => http.Request.Query;

    public string Address => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}";

    /// <summary>Set by a fault: the actions of this call fail with it and have no effect.</summary>
    public ActionError? ActionFault => http.Items[ActionFaultItem] as ActionError;

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>The <c>{id}</c> of the path; what is no number answers like an id nobody has.</summary>
    public long Id => RouteId("id");

    public long RouteId(string name) =>
        long.TryParse(Route(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw ApiErrors.NotFound("resource", Route(name));

    /// <summary>Starts one action; <paramref name="work"/> runs outside the lock.</summary>
    public ActionRecord Start(string command, IReadOnlyList<ActionResource> on, Func<CancellationToken, Task>? work = null) =>
        StartChain(new ActionStep(command, on, work))[0];

    /// <summary>Starts several actions, each waiting for the one before; when one fails the rest fail with it.</summary>
    public IReadOnlyList<ActionRecord> StartChain(params IReadOnlyList<ActionStep> steps) => actions.Start(world, project, steps, ActionFault);

    /// <summary>Makes a change that an action reports on; not made when the action is to fail.</summary>
    public void Effect(Action change)
    {
        if (ActionFault is null)
        {
            change();
        }
    }

    public bool IsBusy(string type, long id) => ActionRunner.IsBusy(project, type, id);
}
