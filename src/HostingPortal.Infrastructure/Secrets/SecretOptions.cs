namespace HostingPortal.Infrastructure.Secrets;

/// <summary>Settings below <c>Secrets</c>.</summary>
internal sealed class SecretOptions
{
    public const string Section = "Secrets";

    /// <summary>The key file; <c>secrets.key</c> in the data folder when not set.</summary>
    public string? KeyFile { get; set; }
}
