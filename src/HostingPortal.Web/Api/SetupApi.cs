using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Account;
using HostingPortal.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>The first admin, made with the code of the set-up link; gone as soon as anybody exists.</summary>
internal static class SetupApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/setup", CreateAsync).AllowAnonymous().RequireRateLimiting(ProtectionSetup.DoorPolicy).WithTags("Users");

    private static async Task<NoContent> CreateAsync(FirstAdmin body, SetupLink link, UserService users, CancellationToken ct)
    {
        if (!link.Fits(body.Code))
        {
            throw new NotFoundException();
        }

        await users.CreateFirstAdminAsync(body.Email ?? "", body.DisplayName ?? "", body.Password ?? "", ct);
        link.Remove();
        return TypedResults.NoContent();
    }

    /// <param name="Code">The part of the set-up link after <c>code=</c>.</param>
    internal sealed record FirstAdmin(string? Code, string? Email, string? DisplayName, string? Password);
}
