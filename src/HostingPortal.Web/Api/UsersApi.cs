using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Account;
using HostingPortal.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>People: invited by admins and owners; whoever has the code makes the account with it.</summary>
internal static class UsersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("People");
        users.MapGet("/", async (Caller caller, string? clientId, UserService service, CancellationToken ct) => await service.ListAsync(caller.Actor, clientId, ct));
        users.MapPost("/", CreateAsync).Produces<Invited>(StatusCodes.Status201Created).WithMetadata(new ShownOnce()).WithSummary("Invites a person to the staff or to a client");
        users.MapPost("/{id}/password-link", ResetAsync).Produces<Invited>(StatusCodes.Status201Created).WithMetadata(new ShownOnce());
        var invites = api.MapGroup("/invites/{code}").AllowAnonymous().RequireRateLimiting(ProtectionSetup.DoorPolicy).WithTags("People");
        invites.MapGet("/", async (string code, InvitationService service, CancellationToken ct) => await service.LookAsync(code, ct));
        invites.MapPost("/", AcceptAsync);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewUser body, UserService service, Letters letters, CancellationToken ct)
    {
        var role = body.Role ?? throw new RuleViolationException("Text.Missing", nameof(body.Role));
        var created = await service.CreateAsync(caller.Actor, new CreateUser(body.Email ?? "", body.DisplayName ?? "", role, body.ClientId, body.ClientRole), ct);
        return TypedResults.Created($"{ApiSetup.Root}/users", await Invited.SendAsync(letters, created, caller.Actor.Name, ct));
    }

    private static async Task<IResult> ResetAsync(Caller caller, string id, UserService service, Letters letters, CancellationToken ct)
    {
        var created = await service.CreateResetAsync(caller.Actor, id, ct);
        var mailed = await letters.SendResetAsync(created, ct);
        return TypedResults.Created($"{ApiSetup.Root}/users", new Invited(created.Id, created.Code, letters.LinkOf(created), created.ExpiresAt, mailed));
    }

    private static async Task<NoContent> AcceptAsync(string code, Acceptance body, InvitationService service, CancellationToken ct)
    {
        await service.AcceptAsync(code, body.DisplayName, body.Password ?? "", ct);
        return TypedResults.NoContent();
    }

    /// <param name="ClientId">The client a person of role <c>client</c> belongs to.</param>
    internal sealed record NewUser(string? Email, string? DisplayName, PortalRole? Role, string? ClientId, ClientRole? ClientRole);

    /// <param name="DisplayName">Left out: the name the invitation suggests.</param>
    internal sealed record Acceptance(string? Password, string? DisplayName);
}

/// <param name="InviteCode">Opens <c>/invite/{code}</c> once; shown once.</param>
/// <param name="Mailed">True when the mail server took the letter with the link.</param>
internal sealed record Invited(string Id, string InviteCode, string Link, DateTime ExpiresAt, bool Mailed)
{
    public static async Task<Invited> SendAsync(Letters letters, CreatedInvitation created, string invitedBy, CancellationToken ct) =>
        new(created.Id, created.Code, letters.LinkOf(created), created.ExpiresAt, await letters.SendInvitationAsync(created, invitedBy, ct));
}
