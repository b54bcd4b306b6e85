using HostingPortal.Domain;
using HostingPortal.Domain.Security;

namespace HostingPortal.Web.Api;

/// <summary>
/// <c>Idempotency-Key</c> on any POST of somebody who is known (strangers have nobody to keep keys for): the same key with the same request gives the first answer again (marked <c>Idempotency-Replayed: true</c>), with another
/// request it is refused. A request with a key is finished even when its caller hangs up, so that the next try finds what came out.
/// </summary>
internal sealed class OnceOnly(RequestKeys keys, TimeProvider time) : IMiddleware
{
    public const string Header = "Idempotency-Key";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(RequestKeys.LeaseSeconds / 4.0);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.Headers.TryGetValue(Header, out var given) || context.Features.Get<Caller>()?.Actor.UserId is not { } userId)
        {
            await next(context);
            return;
        }

        var key = given.ToString();
        if (key.Length is 0 or > RequestKey.KeyLength || !key.All(c => c is > ' ' and <= '~'))
        {
            throw new RuleViolationException("RequestKey.Form", null, ("max", RequestKey.KeyLength));
        }

        context.Request.EnableBuffering();
        var content = $"{context.Request.Path}{context.Request.QueryString}\n{await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted)}";
        context.Request.Body.Position = 0;
        if (await keys.BeginAsync(userId, key, content, context.RequestAborted) is { } earlier)
        {
            await ReplayAsync(context.Response, earlier);
            return;
        }

        context.RequestAborted = CancellationToken.None;
        await DoAsync(context, next, userId, key);
    }

    private static Task ReplayAsync(HttpResponse response, RequestKey earlier)
    {
        if (earlier is { Status: null } or { Body: null })
        {
            throw new RuleViolationException(earlier.Status is null ? "RequestKey.UnderWay" : "RequestKey.Done");
        }

        response.StatusCode = earlier.Status.Value;
        response.Headers["Idempotency-Replayed"] = "true";
        if (earlier.Location is not null)
        {
            response.Headers.Location = earlier.Location;
        }

        response.ContentType = earlier.Body.Length > 0 ? "application/json; charset=utf-8" : null;
        return earlier.Body.Length > 0 ? response.WriteAsync(earlier.Body) : Task.CompletedTask;
    }

    private async Task HoldAsync(string userId, string key, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, time, over);
                await keys.HoldAsync(userId, key, over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The request has its answer.
        }
    }

    private async Task DoAsync(HttpContext context, RequestDelegate next, string userId, string key)
    {
        var body = context.Response.Body;
        using var kept = new MemoryStream();
        using var over = new CancellationTokenSource();
        var held = HoldAsync(userId, key, over.Token);
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        catch
        {
            await keys.ForgetAsync(userId, key, CancellationToken.None);
            throw;
        }
        finally
        {
            context.Response.Body = body;
            await over.CancelAsync();
            await held;
        }

        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            await keys.ForgetAsync(userId, key, CancellationToken.None);
        }
        else
        {
            var secret = context.GetEndpoint()?.Metadata.GetMetadata<ShownOnce>() is not null;
            var text = secret ? null : System.Text.Encoding.UTF8.GetString(kept.ToArray());
            await keys.EndAsync(userId, key, context.Response.StatusCode, context.Response.Headers.Location, text, CancellationToken.None);
        }

        kept.Position = 0;
        await kept.CopyToAsync(body);
    }
}

/// <summary>Marks an endpoint whose answer holds a secret: it is not kept for a repeated request.</summary>
internal sealed class ShownOnce;
