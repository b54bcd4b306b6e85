using HostingPortal.CloudSandbox.Api;
using HostingPortal.CloudSandbox.State;

namespace HostingPortal.CloudSandbox.Faults;

/// <summary>Counts every API call and lets faults happen to it.</summary>
internal sealed class FaultMiddleware(FaultStore faults, RequestCounter counter) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/v1", out var path))
        {
            await next(context);
            return;
        }

        var key = BearerToken.TryOf(context) is { } token ? WorldStore.KeyOf(token) : null;
        counter.Count(key, context);
        if (faults.Find(context.Request.Method, path.Value!, key) is not { } fault)
        {
            await next(context);
            return;
        }

        await Task.Delay(fault.Delay, context.RequestAborted);
        await (fault switch
        {
            { Drop: "before" } => Drop(context),
            { Drop: "after" } => RunThenDropAsync(context, next),
            { Status: not null } or { Code: not null } => AnswerAsync(context, fault),
            _ => RunAsync(context, next, fault),
        });
    }

    private static Task RunAsync(HttpContext http, RequestDelegate next, Fault fault)
    {
        http.Items[ApiCall.ActionFaultItem] = fault.ActionError;
        return next(http);
    }

    private static Task Drop(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    private static async Task RunThenDropAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Body = Stream.Null;
        await next(http);
        http.Abort();
    }

    private static async Task AnswerAsync(HttpContext http, Fault fault)
    {
        var status = fault.Status ?? ErrorStatus.Of(fault.Code!);
        if (fault.Code is { } code)
        {
            var error = new ApiException(status, code, $"{code} by a fault of the sandbox");
            await http.AnswerAsync(status, Answers.ToBytes(error.ToBody()));
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync($"<html><body>{status}</body></html>", http.RequestAborted);
    }
}
