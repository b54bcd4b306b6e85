using HostingPortal.Domain;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using HostingPortal.Web.Security;

namespace HostingPortal.Web.Api;

/// <summary>E-mail address, password and, where the account asks for it, a code: the rules of the sign-in page for programs.</summary>
internal sealed class PasswordCheck(SignInDoor door, SignInRuleService rules, ActorService actors, AuditService audit)
{
    /// <exception cref="RuleViolationException"><c>SignIn.Refused</c>, whatever the reason: unknown, wrong or too many tries.</exception>
    public async Task<Actor> RequireAsync(string email, string password, string? code, string? remoteAddress, CancellationToken ct)
    {
        var (user, _) = await door.CheckAsync(email, password, remoteAddress, ct);
        if (user is null)
        {
            throw new RuleViolationException("SignIn.Refused");
        }

        if (user.TwoFactorEnabled)
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                throw new RuleViolationException("SignIn.CodeNeeded", "Code");
            }

            if (!await door.CheckCodeAsync(user, code, remoteAddress, ct))
            {
                throw new RuleViolationException("SignIn.CodeRefused", "Code");
            }
        }
        else if (await rules.AsksAsync(user.Role, ct))
        {
            throw new RuleViolationException("SignIn.MoreNeeded");
        }

        await audit.SignInAsync(user.Id, user.DisplayName, succeeded: true, remoteAddress, ct);
        return await actors.FindAsync(user.Id, ct) ?? throw new RuleViolationException("SignIn.Refused");
    }
}
