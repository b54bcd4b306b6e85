namespace HostingPortal.Infrastructure.Sites;

/// <summary>Settings below <c>SiteProbe</c>.</summary>
internal sealed class SiteProbeOptions
{
    public const string Section = "SiteProbe";

    /// <summary>PEM file with certificates trusted besides the system's, for a test CA.</summary>
    public string? ExtraRootsFile { get; set; }

    /// <summary>The same, as PEM text.</summary>
    public string? ExtraRoots { get; set; }

    /// <summary>Port the sites answer on.</summary>
    public int Port { get; set; } = 443;

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
