using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Components.Endpoints;

namespace HostingPortal.Web.Security;

/// <summary>Leads whoever signed in with a password alone, where the rules ask for more, to where more can be set up; no other page opens.</summary>
internal sealed class StrongDoor(SessionService sessions) : IMiddleware
{
    private static readonly string[] Open = ["/account/security", "/sign-in", "/invite", "/not-found", "/error"];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var page = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (page && !Open.Any(path => context.Request.Path.StartsWithSegments(path)) && context.User.SessionId() is { } id && context.User.UserId() is { } userId
            && await sessions.FindAsync(id, userId, context.RequestAborted) is { NeedsMore: true })
        {
            context.Response.Redirect(Open[0]);
            return;
        }

        await next(context);
    }
}
