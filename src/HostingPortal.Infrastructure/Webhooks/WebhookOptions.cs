namespace HostingPortal.Infrastructure.Webhooks;

/// <summary>Settings below <c>Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Networks in CIDR form that may be reached although they are not public, e.g. the operator's own chat server.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Empty: 443.</summary>
    public int[] Ports { get; set; } = [];

    /// <summary>PEM file with certificates trusted besides the system's.</summary>
    public string? ExtraRootsFile { get; set; }

    /// <summary>For one delivery as a whole.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
