using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HostingPortal.Domain.Accounts;

/// <summary>Hetzner accounts: admins add them and allot them to clients; nobody ever reads a token back.</summary>
public sealed class AccountService(IDbContextFactory<PortalDbContext> contexts, IServerCloud cloud, ISecretStore secrets, IOptions<PortalOptions> options, TimeProvider time)
{
    public async Task<IReadOnlyList<AccountRow>> ListAsync(Actor actor, CancellationToken ct)
    {
        actor.RequireStaff();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Accounts.AsNoTracking().OrderBy(a => a.Name)
            .Select(a => new AccountRow(
                a.Id, a.Name, a.TokenHint, a.CheckedAt, a.Problem,
                db.Projects.Count(p => p.AccountId == a.Id),
                db.AccountAllotments.Where(l => l.AccountId == a.Id)
                    .Select(l => new AllotmentRow(l.ClientId, db.Clients.Where(c => c.Id == l.ClientId).Select(c => c.Name).First(), l.MonthlyBudget)).ToList()))
            .ToListAsync(ct);
    }

    /// <summary>Accounts a client may make projects in: id and name only.</summary>
    public async Task<IReadOnlyList<AccountChoice>> ListForClientAsync(Actor actor, string clientId, CancellationToken ct)
    {
        actor.RequireRead(clientId);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Accounts.AsNoTracking().Where(a => a.Allotments.Any(l => l.ClientId == clientId)).OrderBy(a => a.Name)
            .Select(a => new AccountChoice(a.Id, a.Name, a.Allotments.Where(l => l.ClientId == clientId).Select(l => l.MonthlyBudget).First()))
            .ToListAsync(ct);
    }

    /// <summary>Stores the token after Hetzner accepted it.</summary>
    public async Task<string> CreateAsync(Actor actor, CreateAccount request, CancellationToken ct)
    {
        actor.RequireAdmin();
        var name = Text.Line(request.Name, HetznerAccount.NameLength, nameof(request.Name));
        var token = CheckForm(request.Token);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Accounts.AnyAsync(a => a.Name == name, ct))
        {
            throw new RuleViolationException("Account.NameTaken", nameof(request.Name), ("name", name));
        }

        await TryTokenAsync(token, ct);
        var id = Ids.New("a", time);
        var stored = secrets.Seal(id, "hetzner-token", token);
        var now = time.GetUtcNow().UtcDateTime;
        db.Accounts.Add(new HetznerAccount { Id = id, Name = name, TokenId = stored.Id, Token = stored, TokenHint = Hint(token), CreatedAt = now, CheckedAt = now });
        db.Audit(actor, time, "account.create", null, new ObjectRef("account", id, name));
        await db.SaveChangesAsync(ct);
        return id;
    }

    /// <summary>Puts another token in the place of one that was revoked, leaked or has expired. It has to be of the same Hetzner project: what the portal ordered is known there.</summary>
    public async Task ReplaceTokenAsync(Actor actor, string accountId, ReplaceToken request, CancellationToken ct)
    {
        actor.RequireAdmin();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.Include(a => a.Token).FirstOrDefaultAsync(a => a.Id == accountId, ct) ?? throw new NotFoundException();
        var token = CheckForm(request.Token);
        await TryTokenAsync(token, ct);
        var known = await db.Nodes.Where(n => n.Project!.AccountId == accountId && n.CloudServerId != null).Select(n => n.CloudServerId!.Value).ToListAsync(ct);
        if (known.Count > 0 && !(await cloud.ListServersAsync(token, options.Value.Instance, ct)).Any(s => known.Contains(s.Id)))
        {
            throw new RuleViolationException("Account.OtherProject", nameof(request.Token), ("name", account.Name));
        }

        db.Secrets.Remove(account.Token!);
        account.Token = secrets.Seal(account.Id, "hetzner-token", token);
        (account.TokenId, account.TokenHint) = (account.Token.Id, Hint(token));
        (account.Problem, account.CheckedAt) = (null, time.GetUtcNow().UtcDateTime);
        db.Audit(actor, time, "account.token", null, new ObjectRef("account", account.Id, account.Name));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Lets a client order in the account; calling again changes the budget.</summary>
    public async Task AllotAsync(Actor actor, string accountId, string clientId, decimal? monthlyBudget, CancellationToken ct)
    {
        actor.RequireAdmin();
        if (monthlyBudget is < 0 or > 1_000_000)
        {
            throw new RuleViolationException("Account.Budget", nameof(monthlyBudget));
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.Include(a => a.Allotments).FirstOrDefaultAsync(a => a.Id == accountId, ct) ?? throw new NotFoundException();
        var client = await db.Clients.FirstOrDefaultAsync(c => c.Id == clientId, ct) ?? throw new NotFoundException();
        var allotment = account.Allotments.FirstOrDefault(a => a.ClientId == clientId);
        if (allotment is null)
        {
            account.Allotments.Add(new AccountAllotment { AccountId = accountId, ClientId = clientId, MonthlyBudget = monthlyBudget });
        }
        else
        {
            allotment.MonthlyBudget = monthlyBudget;
        }

        db.Audit(actor, time, "account.allot", clientId, new ObjectRef("account", accountId, account.Name), client.Name);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>DNS zones of the account as Hetzner lists them now, with the client each is allotted to.</summary>
    public async Task<IReadOnlyList<ZoneRow>> ListZonesAsync(Actor actor, string accountId, CancellationToken ct)
    {
        actor.RequireStaff();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var token = await OpenTokenAsync(db, accountId, ct);
        var zones = await cloud.ListZonesAsync(token, ct);
        var allotted = await db.ZoneAllotments.AsNoTracking().Where(z => z.AccountId == accountId)
            .Join(db.Clients, z => z.ClientId, c => c.Id, (z, c) => new { z.Zone, c.Id, c.Name }).ToDictionaryAsync(z => z.Zone, ct);
        return zones.OrderBy(z => z.Name, StringComparer.Ordinal)
            .Select(z => new ZoneRow(z.Name, z.Status, allotted.GetValueOrDefault(z.Name)?.Id, allotted.GetValueOrDefault(z.Name)?.Name)).ToList();
    }

    /// <summary>The token of an account, for handlers and services that call Hetzner; authorisation lies with the caller.</summary>
    internal async Task<Secret> OpenTokenAsync(PortalDbContext db, string accountId, CancellationToken ct)
    {
        var stored = await db.Accounts.AsNoTracking().Where(a => a.Id == accountId).Select(a => a.Token).FirstOrDefaultAsync(ct);
        return secrets.Open(stored ?? throw new NotFoundException());
    }

    private static Secret CheckForm(string? typed) => (typed ?? "").Trim() is { Length: 64 } token && token.All(char.IsAsciiLetterOrDigit)
        ? new Secret(token)
        : throw new RuleViolationException("Account.TokenForm", nameof(CreateAccount.Token));

    private static string Hint(Secret token) => token.Reveal()[^4..];

    private async Task TryTokenAsync(Secret token, CancellationToken ct)
    {
        try
        {
            await cloud.GetCatalogAsync(token, ct);
        }
        catch (OutsideException error) when (HetznerAccount.IsRefusal(error.Code))
        {
            throw new RuleViolationException("Account.TokenRefused", nameof(CreateAccount.Token));
        }
    }
}

/// <param name="Token">64 characters, read and write.</param>
public sealed record CreateAccount(string Name, string Token);

/// <param name="Token">64 characters, read and write.</param>
public sealed record ReplaceToken(string Token);

public sealed record AccountRow(string Id, string Name, string TokenHint, DateTime? CheckedAt, string? Problem, int Projects, IReadOnlyList<AllotmentRow> Allotments);

public sealed record AllotmentRow(string ClientId, string ClientName, decimal? MonthlyBudget);

public sealed record AccountChoice(string Id, string Name, decimal? MonthlyBudget);

public sealed record ZoneRow(string Name, string Status, string? ClientId, string? ClientName);
