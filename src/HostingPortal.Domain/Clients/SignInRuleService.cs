using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Domain.Clients;

/// <summary>Which roles must show more than a password.</summary>
public sealed class SignInRuleService(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<SignInRuleSet> GetAsync(Actor actor, CancellationToken ct)
    {
        actor.RequireStaff();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rules = await db.SignInRules.AsNoTracking().SingleOrDefaultAsync(ct) ?? new SignInRules();
        return new SignInRuleSet(rules.StrongAdmins, rules.StrongSupport, rules.StrongClients);
    }

    /// <summary>Takes effect within a minute: whoever signed in with a password alone is led to set up a code or a passkey.</summary>
    public async Task SetAsync(Actor actor, SignInRuleSet wanted, CancellationToken ct)
    {
        actor.RequireAdmin();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rules = await db.SignInRules.SingleOrDefaultAsync(ct);
        if (rules is null)
        {
            db.SignInRules.Add(rules = new SignInRules());
        }

        (rules.StrongAdmins, rules.StrongSupport, rules.StrongClients) = (wanted.Admins, wanted.Support, wanted.Clients);
        var asked = new[] { (wanted.Admins, PortalRole.Admin), (wanted.Support, PortalRole.Support), (wanted.Clients, PortalRole.Client) }.Where(r => r.Item1).Select(r => r.Item2);
        db.Audit(actor, time, "sign-in.rules", null, null, string.Join(", ", asked));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Asked before anybody is signed in.</summary>
    public async Task<bool> AsksAsync(PortalRole role, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await db.SignInRules.AsNoTracking().SingleOrDefaultAsync(ct))?.Asks(role) == true;
    }
}

/// <summary>True: that role must sign in with a code or a passkey.</summary>
public sealed record SignInRuleSet(bool Admins, bool Support, bool Clients);
