using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Web.Security;

/// <summary>The key a person's authenticator app is to be set up with.</summary>
public sealed class AuthenticatorKeys(UserManager<PortalUser> users, IUserStore<PortalUser> store)
{
    /// <summary>Base 32, made at the first look; empty once codes are turned on, so that it is never shown again.</summary>
    public async Task<string> GetAsync(PortalUser user)
    {
        if (user.TwoFactorEnabled)
        {
            return "";
        }

        if (await users.GetAuthenticatorKeyAsync(user) is { Length: > 0 } known)
        {
            return known;
        }

        // Not ResetAuthenticatorKeyAsync: that ends the person's other sessions, and looking at a page must not.
        var key = users.GenerateNewAuthenticatorKey();
        await ((IUserAuthenticatorKeyStore<PortalUser>)store).SetAuthenticatorKeyAsync(user, key, CancellationToken.None);
        await users.UpdateAsync(user);
        return key;
    }
}
