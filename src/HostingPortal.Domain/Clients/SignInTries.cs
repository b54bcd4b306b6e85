namespace HostingPortal.Domain.Clients;

/// <summary>Refused sign-ins in a row, per account and address, or per address.</summary>
public sealed class SignInTries
{
    /// <summary>SHA-256, hexadecimal: what was typed is not kept.</summary>
    public required string Key { get; init; }

    public required int Failed { get; set; }

    public required DateTime LastAt { get; set; }
}
