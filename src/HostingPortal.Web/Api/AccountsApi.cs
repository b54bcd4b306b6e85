using HostingPortal.Domain.Accounts;
using HostingPortal.Domain.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HostingPortal.Web.Api;

/// <summary>Hetzner accounts, who may order in them, and their DNS zones.</summary>
internal static class AccountsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("/", async (Caller caller, AccountService service, CancellationToken ct) => await service.ListAsync(caller.Actor, ct));
        api.MapGet("/clients/{id}/accounts", async (Caller caller, string id, AccountService service, CancellationToken ct) => await service.ListForClientAsync(caller.Actor, id, ct))
            .WithTags("Accounts");
        accounts.MapPost("/", CreateAsync).Produces<Created>(StatusCodes.Status201Created);
        accounts.MapPut("/{id}/token", ReplaceTokenAsync);
        accounts.MapPut("/{id}/allotments/{clientId}", AllotAsync);
        accounts.MapGet("/{id}/zones", async (Caller caller, string id, AccountService service, CancellationToken ct) => await service.ListZonesAsync(caller.Actor, id, ct));
        accounts.MapPut("/{id}/zones/{zone}", AllotZoneAsync);
    }

    private static async Task<IResult> CreateAsync(Caller caller, NewAccount body, AccountService service, CancellationToken ct)
    {
        var id = await service.CreateAsync(caller.Actor, new CreateAccount(body.Name ?? "", body.Token ?? ""), ct);
        return TypedResults.Created($"{ApiSetup.Root}/accounts/{id}", new Created(id));
    }

    private static async Task<NoContent> ReplaceTokenAsync(Caller caller, string id, NewToken body, AccountService service, CancellationToken ct)
    {
        await service.ReplaceTokenAsync(caller.Actor, id, new ReplaceToken(body.Token ?? ""), ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AllotAsync(Caller caller, string id, string clientId, Allotment body, AccountService service, CancellationToken ct)
    {
        await service.AllotAsync(caller.Actor, id, clientId, body.MonthlyBudget, ct);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> AllotZoneAsync(Caller caller, string id, string zone, ZoneOwner body, NameService service, CancellationToken ct)
    {
        await service.AllotZoneAsync(caller.Actor, id, zone, body.ClientId ?? "", ct);
        return TypedResults.NoContent();
    }

    /// <param name="Token">64 characters, read and write.</param>
    internal sealed record NewAccount(string? Name, string? Token);

    /// <param name="Token">64 characters, read and write, of the same Hetzner project.</param>
    internal sealed record NewToken(string? Token);

    internal sealed record Created(string Id);

    /// <param name="MonthlyBudget">Net, in the account's currency; null: no limit.</param>
    internal sealed record Allotment(decimal? MonthlyBudget);

    internal sealed record ZoneOwner(string? ClientId);
}
