using HostingPortal.Domain;
using HostingPortal.Domain.Clients;
using HostingPortal.Web.Account;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>The people of a client, for its owners.</summary>
internal static class TeamApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var team = api.MapGroup("/clients/{id}/team").WithTags("People");
        team.MapGet("/", async (Caller caller, string id, TeamService service, CancellationToken ct) => await service.GetAsync(caller.Actor, id, ct));
        team.MapPost("/invitations", InviteAsync).Produces<Invited>(StatusCodes.Status201Created).WithMetadata(new ShownOnce());
        team.MapDelete("/invitations/{invitationId}", WithdrawAsync);
        team.MapPatch("/{userId}", ChangeRoleAsync);
        team.MapDelete("/{userId}", RemoveAsync);
    }

    private static async Task<IResult> InviteAsync(Caller caller, string id, NewMember body, TeamService service, Letters letters, CancellationToken ct)
    {
        var role = body.Role ?? throw new RuleViolationException("Text.Missing", nameof(body.Role));
        var created = await service.InviteAsync(caller.Actor, id, new InvitePerson(body.Email ?? "", body.DisplayName, role), ct);
        return TypedResults.Created($"{ApiSetup.Root}/clients/{id}/team", await Invited.SendAsync(letters, created, caller.Actor.Name, ct));
    }

    private static async Task<NoContent> WithdrawAsync(Caller caller, string id, string invitationId, TeamService service, CancellationToken ct)
    {
        await service.WithdrawAsync(caller.Actor, id, invitationId, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ChangeRoleAsync(Caller caller, string id, string userId, MemberRole body, TeamService service, CancellationToken ct)
    {
        await service.ChangeRoleAsync(caller.Actor, id, userId, body.Role ?? throw new RuleViolationException("Text.Missing", nameof(body.Role)), ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> RemoveAsync(Caller caller, string id, string userId, TeamService service, CancellationToken ct)
    {
        await service.RemoveAsync(caller.Actor, id, userId, ct);
        return TypedResults.NoContent();
    }

    internal sealed record NewMember(string? Email, string? DisplayName, ClientRole? Role);

    internal sealed record MemberRole(ClientRole? Role);
}
