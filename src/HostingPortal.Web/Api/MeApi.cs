using HostingPortal.Domain.Clients;

namespace HostingPortal.Web.Api;

/// <summary>Who the token belongs to.</summary>
internal static class MeApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/me", (Caller caller) => new Me(caller.Actor.UserId, caller.Actor.Name, caller.Actor.Role, caller.Actor.Clients)).WithTags("Me");

    /// <param name="Clients">Role by client id.</param>
    internal sealed record Me(string? Id, string Name, PortalRole Role, IReadOnlyDictionary<string, ClientRole> Clients);
}
