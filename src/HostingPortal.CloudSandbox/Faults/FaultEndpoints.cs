using System.Globalization;
using System.Text.RegularExpressions;
using HostingPortal.CloudSandbox.Api;
using HostingPortal.CloudSandbox.Api.Control;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Faults;

/// <summary>POST, GET and DELETE <c>/_sandbox/faults</c>.</summary>
internal sealed class FaultEndpoints(FaultStore faults) : IControlResource
{
    private static readonly string[] Drops = ["before", "after"];

    public void Map(ControlRoutes routes)
    {
        routes.Post("/faults", (_, body) => Reply.Created(View(Add(body))));
        routes.Get("/faults", (_, _) => Reply.Ok(new { Faults = faults.All().Select(View).ToArray() }));
        routes.Delete("/faults", (_, _) => Clear(null));
        routes.Delete("/faults/{id:long}", (http, _) => Clear(long.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture)));
    }

    private Reply Clear(long? id)
    {
        faults.Clear(id);
        return Reply.NoContent;
    }

    private Fault Add(Body body)
    {
        var method = body.Text("method", required: true);
        var path = ReadPath(body);
        var every = body.IdOrName("call") == "every";
        var call = every ? 1 : body.Number("call", min: 1) ?? 1;
        var times = body.Number("times", min: 1) ?? 1;
        var token = body.Text("token");
        var status = body.Number("status", min: 400, max: 599);
        var code = body.Text("code");
        var delay = body.Number("delay_ms", min: 0, max: 600_000) ?? 0;
        var drop = body.OneOf("drop", Drops);
        var actionError = body.Object(
            "action_error", e => new ActionError(e.Text("code", required: true) ?? "", e.Text("message", required: true) ?? ""));
        body.Check();
        return faults.Add(id => new Fault(
            id,
            method!.ToUpperInvariant(),
            path!,
            (int)call,
            every ? null : (int)times,
            token is null ? null : WorldStore.KeyOf(token),
            (int?)status,
            code,
            TimeSpan.FromMilliseconds(delay),
            drop,
            actionError));
    }

    private static FaultPath? ReadPath(Body body)
    {
        if (body.Text("path", required: true) is not { } text)
        {
            return null;
        }

        try
        {
            return new FaultPath(text);
        }
        catch (RegexParseException e)
        {
            body.Reject("path", e.Message);
            return null;
        }
    }

    private static object View(Fault fault) => new
    {
        fault.Id,
        fault.Method,
        Path = fault.Path.Pattern,
        Call = fault.Times is null ? (object)"every" : fault.FirstCall,
        fault.Times,
        fault.Status,
        fault.Code,
        DelayMs = (long)fault.Delay.TotalMilliseconds,
        fault.Drop,
        fault.ActionError,
        fault.Calls,
    };
}
