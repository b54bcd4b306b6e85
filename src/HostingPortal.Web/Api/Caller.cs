using HostingPortal.Domain;
using HostingPortal.Domain.Security;

namespace HostingPortal.Web.Api;

/// <summary>Who calls an endpoint. Endpoints only pass the actor on; services decide.</summary>
internal sealed record Caller(Actor Actor, string Token)
{
    public static ValueTask<Caller> BindAsync(HttpContext http) =>
        ValueTask.FromResult(http.Features.Get<Caller>() ?? throw new NotFoundException());
}
