using System.Security.Cryptography;
using HostingPortal.Domain;
using HostingPortal.Domain.Accounts;
using HostingPortal.Infrastructure.Hetzner.Api;
using HostingPortal.Infrastructure.Hetzner.Http;

namespace HostingPortal.Infrastructure.Hetzner;

internal sealed class SshKeys(ISshKeysApi api, CreateOnce once)
{
    public async Task<long> EnsureAsync(string token, string name, string publicKey, CloudLabels labels, CancellationToken ct)
    {
        var key = await once.RunAsync(
            look => FindAsync(token, publicKey, labels, look),
            async create => (await api.CreateAsync(token, new SshKeyOrder(name, publicKey, labels.ToDictionary()), create)).SshKey,
            "hetzner.name_taken",
            ct);
        return key.Id;
    }

    public async Task DeleteAsync(string token, long id, CancellationToken ct)
    {
        try
        {
            await api.DeleteAsync(token, id, ct);
        }
        catch (OutsideException e) when (Faults.IsGone(e))
        {
            // It is gone already.
        }
    }

    private async Task<SshKeyDto?> FindAsync(string token, string publicKey, CloudLabels labels, CancellationToken ct)
    {
        var byLabel = await api.ListAsync(token, labels.Selector(), null, ct);
        if (byLabel.SshKeys.FirstOrDefault(labels.Mark) is { } ours)
        {
            return ours;
        }

        var bySight = await api.ListAsync(token, null, Fingerprint(publicKey), ct);
        return bySight.SshKeys.FirstOrDefault(labels.Mark);
    }

    /// <summary>MD5 in pairs, as Hetzner names keys: <c>b7:2f:30:a0:…</c>.</summary>
    private static string Fingerprint(string publicKey)
    {
        var parts = publicKey.Split(' ', 3);
        var blob = parts.Length > 1 ? Convert.FromBase64String(parts[1]) : throw new ArgumentException("Not a public key line.", nameof(publicKey));
#pragma warning disable CA5351 // The API's own name for a key, not a protection.
        return string.Join(':', MD5.HashData(blob).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
#pragma warning restore CA5351
    }
}
