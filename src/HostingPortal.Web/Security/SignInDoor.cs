using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Web.Security;

/// <summary>E-mail address and password, for the page and for the API alike: the same limits, the same time and the same answer whether an account exists or not.</summary>
internal sealed class SignInDoor(UserManager<PortalUser> users, SignInLimits limits, AuditService audit, IPasswordHasher<PortalUser> hasher)
{
    private static readonly PortalUser Nobody = new() { DisplayName = "-" };
    private static string? nobodysHash;

    /// <summary>The person, or how long to wait before the next try (zero when it may be made at once).</summary>
    public async Task<(PortalUser? User, TimeSpan Wait)> CheckAsync(string email, string password, string? remoteAddress, CancellationToken ct)
    {
        var user = await users.FindByEmailAsync(email);
        var wait = await limits.WaitAsync(email, user?.Id, remoteAddress, ct);
        if (wait == TimeSpan.Zero && await IsRightAsync(user, password))
        {
            await limits.PassedAsync(email, remoteAddress, ct);
            return (user, TimeSpan.Zero);
        }

        if (wait == TimeSpan.Zero)
        {
            await limits.FailedAsync(email, remoteAddress, ct);
            wait = await limits.WaitAsync(email, user?.Id, remoteAddress, ct);
        }

        await audit.SignInAsync(user?.Id, email, succeeded: false, remoteAddress, ct);
        return (null, wait);
    }

    /// <summary>A code of the authenticator app, or a recovery code, which is used up.</summary>
    public async Task<bool> CheckCodeAsync(PortalUser user, string code, string? remoteAddress, CancellationToken ct)
    {
        var text = code.Replace(" ", "", StringComparison.Ordinal);
        if (await limits.WaitAsync("code\n" + user.Id, user.Id, remoteAddress, ct) == TimeSpan.Zero
            && (await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, text) || (await users.RedeemTwoFactorRecoveryCodeAsync(user, text)).Succeeded))
        {
            await limits.PassedAsync("code\n" + user.Id, remoteAddress, ct);
            return true;
        }

        await limits.FailedAsync("code\n" + user.Id, remoteAddress, ct);
        await audit.SignInAsync(user.Id, user.DisplayName, succeeded: false, remoteAddress, ct);
        return false;
    }

    private async Task<bool> IsRightAsync(PortalUser? user, string password)
    {
        if (user?.PasswordHash is not null)
        {
            return await users.CheckPasswordAsync(user, password);
        }

        // As slow as a wrong password, so that time does not tell who has an account.
        nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString("n"));
        hasher.VerifyHashedPassword(Nobody, nobodysHash, password);
        return false;
    }
}
