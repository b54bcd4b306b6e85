using System.Security.Cryptography;
using System.Text;
using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace HostingPortal.Web.Security;

/// <summary>
/// Identity's store with what its package for EF Core 9 has not: passkeys, authenticator keys sealed like every secret, and recovery codes kept as hashes.
/// </summary>
internal sealed class PortalUserStore(PortalDbContext context, ISecretStore secrets, TimeProvider time)
    : UserOnlyStore<PortalUser, PortalDbContext>(context), IUserPasskeyStore<PortalUser>
{
    private const string KeyKind = "authenticator-key";

    public override async Task SetAuthenticatorKeyAsync(PortalUser user, string key, CancellationToken cancellationToken)
    {
        Context.Secrets.RemoveRange(await Context.Secrets.Where(s => s.OwnerId == user.Id && s.Kind == KeyKind).ToListAsync(cancellationToken));
        Context.Secrets.Add(secrets.Seal(user.Id, KeyKind, new Secret(key)));
    }

    public override async Task<string?> GetAuthenticatorKeyAsync(PortalUser user, CancellationToken cancellationToken) =>
        await Context.Secrets.AsNoTracking().FirstOrDefaultAsync(s => s.OwnerId == user.Id && s.Kind == KeyKind, cancellationToken) is { } stored ? secrets.Open(stored).Reveal() : null;

    public override Task ReplaceCodesAsync(PortalUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override Task<bool> RedeemCodeAsync(PortalUser user, string code, CancellationToken cancellationToken) =>
        base.RedeemCodeAsync(user, Hash(code.Trim().ToUpperInvariant()), cancellationToken);

    public async Task AddOrUpdatePasskeyAsync(PortalUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var found = await Context.Passkeys.FirstOrDefaultAsync(p => p.UserId == user.Id && p.CredentialId == passkey.CredentialId, cancellationToken);
        if (found is null)
        {
            Context.Passkeys.Add(new Passkey { Id = Domain.Ids.New("k", time), UserId = user.Id, CredentialId = passkey.CredentialId, Data = PasskeyData.Write(passkey) });
        }
        else
        {
            found.Data = PasskeyData.Write(passkey);
        }
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PortalUser user, CancellationToken cancellationToken) =>
        (await Context.Passkeys.AsNoTracking().Where(p => p.UserId == user.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken)).ConvertAll(PasskeyData.Read);

    public Task<PortalUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Context.Passkeys.Where(p => p.CredentialId == credentialId).Select(p => p.User).FirstOrDefaultAsync(cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PortalUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        await Context.Passkeys.AsNoTracking().FirstOrDefaultAsync(p => p.UserId == user.Id && p.CredentialId == credentialId, cancellationToken) is { } found ? PasskeyData.Read(found) : null;

    public async Task RemovePasskeyAsync(PortalUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Context.Passkeys.RemoveRange(await Context.Passkeys.Where(p => p.UserId == user.Id && p.CredentialId == credentialId).ToListAsync(cancellationToken));

    /// <summary>Codes are random, so a plain hash is enough.</summary>
    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
