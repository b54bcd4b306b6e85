using System.Text.Json;
using HostingPortal.Domain.Clients;
using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Web.Security;

/// <summary>A passkey as JSON: public key, counter and what the device said about itself.</summary>
internal sealed record PasskeyData(
    string? Name, byte[] PublicKey, DateTimeOffset CreatedAt, uint SignCount, string[]? Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp,
    byte[] AttestationObject, byte[] ClientDataJson)
{
    public static string Write(UserPasskeyInfo p) => JsonSerializer.Serialize(new PasskeyData(
        p.Name, p.PublicKey, p.CreatedAt, p.SignCount, p.Transports, p.IsUserVerified, p.IsBackupEligible, p.IsBackedUp, p.AttestationObject, p.ClientDataJson));

    public static UserPasskeyInfo Read(Passkey stored)
    {
        var d = JsonSerializer.Deserialize<PasskeyData>(stored.Data)!;
        return new UserPasskeyInfo(
            stored.CredentialId, d.PublicKey, d.CreatedAt, d.SignCount, d.Transports, d.IsUserVerified, d.IsBackupEligible, d.IsBackedUp, d.AttestationObject, d.ClientDataJson)
        {
            Name = d.Name,
        };
    }
}
