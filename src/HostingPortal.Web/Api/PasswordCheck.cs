using HostingPortal.Domain;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Web.Api;

/// <summary>E-mail address and password against the same rules as the sign-in page: lockout and audit included.</summary>
internal sealed class PasswordCheck(UserManager<PortalUser> users, SignInManager<PortalUser> signIn, ActorService actors, AuditService audit)
{
    private static readonly PortalUser Nobody = new() { DisplayName = "-" };
    private static readonly string NobodysHash = new PasswordHasher<PortalUser>().HashPassword(Nobody, Guid.NewGuid().ToString("n"));

    /// <exception cref="RuleViolationException"><c>SignIn.Refused</c>, whatever the reason: unknown, wrong or locked.</exception>
    public async Task<Actor> RequireAsync(string email, string password, string? remoteAddress, CancellationToken ct)
    {
        var user = await users.FindByEmailAsync(email);
        if (user is null)
        {
            // As slow as a wrong password, so that time does not tell who has an account.
            new PasswordHasher<PortalUser>().VerifyHashedPassword(Nobody, NobodysHash, password);
        }

        var passed = user is not null && (await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded;
        await audit.SignInAsync(user?.Id, email, passed, remoteAddress, ct);
        return (passed ? await actors.FindAsync(user!.Id, ct) : null) ?? throw new RuleViolationException("SignIn.Refused");
    }
}
