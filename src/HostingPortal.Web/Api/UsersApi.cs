using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Hosting;

namespace HostingPortal.Web.Api;

/// <summary>People: made by admins, who hand over the invitation; the person sets the password with it.</summary>
internal static class UsersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Users");
        users.MapGet("/", async (Caller caller, string? clientId, UserService service, CancellationToken ct) => await service.ListAsync(caller.Actor, clientId, ct));
        users.MapPost("/", CreateAsync).Produces<CreatedUser>(StatusCodes.Status201Created);
        api.MapPost("/invites/{code}", AcceptAsync).AllowAnonymous().RequireRateLimiting(ProtectionSetup.DoorPolicy).WithTags("Users");
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewUser body, UserService service, CancellationToken ct)
    {
        var role = body.Role ?? throw new RuleViolationException("Text.Missing", nameof(body.Role));
        var created = await service.CreateAsync(caller.Actor, new CreateUser(body.Email ?? "", body.DisplayName ?? "", role, body.ClientId, body.ClientRole), ct);
        return TypedResults.Created($"{ApiSetup.Root}/users", created);
    }

    private static async Task<IResult> AcceptAsync(string code, Password body, UserService service, CancellationToken ct)
    {
        await service.AcceptInviteAsync(code, body.Value ?? "", ct);
        return TypedResults.NoContent();
    }

    /// <param name="ClientId">The client a person of role <c>client</c> belongs to.</param>
    internal sealed record NewUser(string? Email, string? DisplayName, PortalRole? Role, string? ClientId, ClientRole? ClientRole);

    internal sealed record Password([property: System.Text.Json.Serialization.JsonPropertyName("password")] string? Value);
}
