namespace HostingPortal.Domain.Clients;

/// <summary>A key pair on a person's device that signs in instead of a password. The portal holds the public half.</summary>
public sealed class Passkey
{
    public const int MaxCredentialId = 1023;

    public required string Id { get; init; }

    public required string UserId { get; init; }

    public PortalUser? User { get; init; }

    /// <summary>The authenticator's id of the credential, at most 1,023 bytes (WebAuthn level 3, §4).</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>Name and state as ASP.NET Identity describes a passkey, as JSON.</summary>
    public required string Data { get; set; }
}
